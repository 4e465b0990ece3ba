using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Web.Account;

/// <summary>Whether somebody administers this dashboard. Until then every page leads to the set-up.</summary>
public sealed class Administrators(IDbContextFactory<DashboardContext> contexts)
{
    private volatile bool _known;

    /// <summary>Once there is one there always is one (the last cannot be removed), so a yes is remembered.</summary>
    public async Task<bool> ExistAsync(CancellationToken cancellationToken)
    {
        if (_known)
        {
            return true;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        _known = await (
            from membership in context.UserRoles
            join role in context.Roles on membership.RoleId equals role.Id
            where role.Name == AppRoles.Administrator
            select membership.UserId).AnyAsync(cancellationToken);
        return _known;
    }
}
