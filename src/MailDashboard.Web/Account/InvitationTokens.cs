using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace MailDashboard.Web.Account;

/// <summary>Tokens of invitations: they live longer than those of forgotten passwords, and end with the first use.</summary>
public sealed class InvitationTokens(
    IDataProtectionProvider dataProtection,
    IOptions<InvitationTokenOptions> options,
    ILogger<DataProtectorTokenProvider<AppUser>> logger)
    : DataProtectorTokenProvider<AppUser>(dataProtection, options, logger)
{
    public const string Provider = "Invitation";

    public const string Purpose = "set-first-password";
}

public sealed class InvitationTokenOptions : DataProtectionTokenProviderOptions
{
    public InvitationTokenOptions()
    {
        Name = InvitationTokens.Provider;
        TokenLifespan = TimeSpan.FromDays(7);
    }
}
