using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Persistence.Secrets;

/// <summary>Proves at start that the ring opens, so that a wrong master key is said once and not at every secret.</summary>
internal sealed class KeyRing(MasterKey master, IKeyManager keys, IDbContextFactory<DashboardContext> contexts)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    /// <exception cref="MasterKeyException">It does not open.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await db.DataProtectionKeys.AnyAsync(cancellationToken))
        {
            master.Create();
            // Data Protection compares with the system clock, whatever clock the rest goes by.
            var now = TimeProvider.System.GetUtcNow();
            keys.CreateNewKey(now, now + Lifetime);
            return;
        }

        _ = master.Bytes();
        foreach (var key in keys.GetAllKeys())
        {
            try
            {
                if (key.CreateEncryptor() is null)
                {
                    throw WrongKey(null);
                }
            }
            catch (Exception e) when (e is CryptographicException or FormatException or System.Xml.XmlException)
            {
                throw WrongKey(e);
            }
        }
    }

    private MasterKeyException WrongKey(Exception? inner)
    {
        var message = $"The master key ({master.Place}) is not the one that wrapped the keys in this database. Restore the right one from your backup: without it the stored passwords and sign-ins cannot be read.";
        return inner is null ? new MasterKeyException(message) : new MasterKeyException(message, inner);
    }
}
