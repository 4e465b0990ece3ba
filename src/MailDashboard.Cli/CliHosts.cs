using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Cli;

/// <summary>The real probes of hosts. The person at the shell can reach everything from here anyway: no address is refused.</summary>
internal static class CliHosts
{
    /// <summary>Makes them.</summary>
    public static HostProbes Open(IDnsResolver dns, TimeProvider time) =>
        AuditEngine.Over(dns, new AuditEngineOptions { Guard = AddressGuard.AllowAll }, time).Hosts;
}
