using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Settings;
using MailDashboard.Web.Account;

namespace MailDashboard.Web.Setup;

/// <summary>Creates the first administrator, once. Checks everything itself: the gate in front of the page is a courtesy.</summary>
public sealed class FirstAdministrator(SetupToken token, Administrators administrators, People people, SettingsStore settings) : IDisposable
{
    public const string WrongToken = "SetupTokenWrong";
    public const string Closed = "SetupClosed";

    private readonly SemaphoreSlim _once = new(1, 1);

    public async Task<PeopleResult> CreateAsync(
        string? candidate, string email, string password, string language, string publicUrl, CancellationToken cancellationToken)
    {
        if (!token.Matches(candidate))
        {
            return PeopleResult.Refuse(WrongToken);
        }

        await _once.WaitAsync(cancellationToken);
        try
        {
            if (await administrators.ExistAsync(cancellationToken))
            {
                return PeopleResult.Refuse(Closed);
            }

            var result = await people.CreateAsync(email.Trim(), null, AppRoles.Administrator, password, language, cancellationToken);
            if (result is PeopleResult.Done)
            {
                await settings.UpdateAsync(s => s with { PublicUrl = publicUrl }, cancellationToken);
            }

            return result;
        }
        finally
        {
            _once.Release();
        }
    }

    public void Dispose() => _once.Dispose();
}
