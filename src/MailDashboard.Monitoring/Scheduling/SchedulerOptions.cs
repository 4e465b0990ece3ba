using Microsoft.Extensions.Configuration;

namespace MailDashboard.Monitoring.Scheduling;

/// <summary>How the background work is run; from <c>MailDashboard:Workers</c>.</summary>
/// <param name="Enabled">Off for a process that only shows pages, and in tests.</param>
/// <param name="Parallelism">Audits at a time in this process.</param>
public sealed record SchedulerOptions(bool Enabled = true, int Parallelism = 32)
{
    internal static SchedulerOptions Of(IConfiguration configuration) => new(
        configuration.GetValue("MailDashboard:Workers:Enabled", true),
        Math.Clamp(configuration.GetValue("MailDashboard:Workers:Parallelism", 32), 1, 512));
}
