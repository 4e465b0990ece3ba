using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Cli;

/// <summary>The real probe. The person at the shell can reach everything from here anyway: no address is refused.</summary>
internal static class CliTls
{
    /// <summary>Makes it.</summary>
    public static ITlsVersionProbe Open(IDnsResolver dns, TimeProvider time) =>
        AuditEngine.Over(dns, new AuditEngineOptions { Guard = AddressGuard.AllowAll }, time).Hosts.Tls;
}
