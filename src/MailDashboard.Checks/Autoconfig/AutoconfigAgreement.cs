using MailDashboard.Checks.ClientAccess;

namespace MailDashboard.Checks.Autoconfig;

/// <summary>Judges what the places say against each other and against DNS.</summary>
internal static class AutoconfigAgreement
{
    /// <summary>True where something is wrong.</summary>
    public static bool Judge(AutoconfigObservation seen, OutcomeBuilder outcome, Subject domain)
    {
        var sources = Sources(seen);
        var isBad = Disagreement(seen, sources, outcome, domain);
        foreach (var host in seen.Hosts.Where(h => h.IsMissing == true))
        {
            isBad = true;
            var lines = sources.SelectMany(s => s.Settings.Where(x => x.Host == host.Host).Select(x => $"{s.Name}: {x}"));
            outcome.Report(AutoconfigFindings.HostMissing, Subject.Host(host.Host), new Evidence("settings", string.Join('\n', lines)));
        }

        var clear = sources.SelectMany(s => s.Settings.Where(x => x.Security == MailSecurity.None).Select(x => $"{s.Name}: {x}")).ToList();
        if (clear.Count > 0)
        {
            isBad = true;
            outcome.Report(AutoconfigFindings.NotEncrypted, domain, new Evidence("settings", string.Join('\n', clear)));
        }

        return isBad;
    }

    /// <summary>
    /// Two places agree on a protocol where they name one host and port in common: a place may offer more than another. Stated
    /// hosts have no ports.
    /// </summary>
    private static bool Disagreement(AutoconfigObservation seen, List<(string Name, List<MailSetting> Settings)> sources, OutcomeBuilder outcome, Subject domain)
    {
        var lines = new List<string>();
        foreach (var protocol in Enum.GetValues<ClientProtocol>())
        {
            var told = sources.Select(s => (s.Name, Settings: s.Settings.Where(x => x.Protocol == protocol).ToList())).Where(s => s.Settings.Count > 0).ToList();
            var apart = told.SelectMany((s, i) => told.Skip(i + 1).Select(o => (s, o))).Any(p => !p.s.Settings.Exists(x => p.o.Settings.Exists(y => (x.Host, x.Port) == (y.Host, y.Port))));
            var isStranger = !seen.Stated.IsEmpty && told.Exists(s => !s.Settings.Exists(x => seen.Stated.Contains(x.Host)));
            if (apart || isStranger)
            {
                lines.AddRange(told.SelectMany(s => s.Settings.Select(x => $"{s.Name}: {x}")));
            }
        }

        if (lines.Count > 0)
        {
            var settings = new Evidence("settings", string.Join('\n', lines.Distinct()));
            outcome.Report(AutoconfigFindings.Disagreement, domain, seen.Stated.IsEmpty ? [settings] : [settings, new Evidence("stated", string.Join(", ", seen.Stated))]);
        }

        return lines.Count > 0;
    }

    private static List<(string Name, List<MailSetting> Settings)> Sources(AutoconfigObservation seen)
    {
        var sources = new List<(string, List<MailSetting>)>();
        if (!seen.Published.IsEmpty)
        {
            sources.Add(("SRV", [.. seen.Published]));
        }

        sources.AddRange(seen.Files.Where(f => f.Settings is { IsEmpty: false }).Select(f => (f.Asked.IdnHost, f.Settings!.Value.ToList())));
        return sources;
    }
}
