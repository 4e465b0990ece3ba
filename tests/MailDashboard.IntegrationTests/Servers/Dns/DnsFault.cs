namespace MailDashboard.IntegrationTests.Servers.Dns;

/// <summary>What the relay does to one question instead of passing it on.</summary>
public abstract record DnsFault
{
    private DnsFault()
    {
    }

    /// <summary>Nothing ever comes back.</summary>
    public static DnsFault Silence { get; } = new Silent();

    public static DnsFault ServFail { get; } = new Code(2);

    public static DnsFault Refused { get; } = new Code(5);

    /// <summary>The right answer, late.</summary>
    public static DnsFault Late(TimeSpan delay) => new Delay(delay);

    internal sealed record Silent : DnsFault;

    /// <param name="Value">RCODE of RFC 1035 section 4.1.1.</param>
    internal sealed record Code(byte Value) : DnsFault;

    internal sealed record Delay(TimeSpan By) : DnsFault;
}
