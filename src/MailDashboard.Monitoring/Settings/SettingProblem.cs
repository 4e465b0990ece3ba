namespace MailDashboard.Monitoring.Settings;

/// <summary>Why a value is not taken.</summary>
public enum SettingFault
{
    /// <summary>Not an absolute http or https URL without query and fragment.</summary>
    NotAUrl,

    /// <summary>Not an address or host name, with a port where needed.</summary>
    NotADnsServer,

    /// <summary>Not a network such as 10.0.0.0/8.</summary>
    NotANetwork,

    /// <summary>An interval outside 5 minutes to 7 days.</summary>
    IntervalOutOfRange,

    /// <summary>A retention outside 3 to 120 months.</summary>
    RetentionOutOfRange,

    /// <summary>Longer than is stored.</summary>
    TooLong,

    /// <summary>The file does not exist or cannot be read.</summary>
    NoSuchFile,
}

/// <summary>One value that is not taken.</summary>
/// <param name="Setting">Property of <see cref="DashboardSettings"/>.</param>
/// <param name="Fault">Why.</param>
/// <param name="Value">What was typed.</param>
public sealed record SettingProblem(string Setting, SettingFault Fault, string Value)
{
    /// <summary>For the log and the start; pages have their own sentences.</summary>
    public override string ToString() => Fault switch
    {
        SettingFault.NotAUrl => $"\"{Value}\" is not an address such as https://mail-dashboard.example.org",
        SettingFault.NotADnsServer => $"\"{Value}\" is not the address or name of a DNS server (192.0.2.53, 192.0.2.53:5353, [2001:db8::53]:53, unbound:53)",
        SettingFault.NotANetwork => $"\"{Value}\" is not a network such as 10.0.0.0/8 or fd00::/8",
        SettingFault.IntervalOutOfRange => $"{Value} minutes is not between {SettingRules.ShortestInterval} and {SettingRules.LongestInterval}",
        SettingFault.RetentionOutOfRange => $"{Value} months is not between {SettingRules.ShortestRetention} and {SettingRules.LongestRetention}",
        SettingFault.NoSuchFile => $"the file \"{Value}\" cannot be read",
        _ => $"\"{Value}\" is too long",
    };
}
