using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Channels;

/// <summary>A channel as typed. An empty address or key keeps what is stored.</summary>
public sealed record ChannelDraft
{
    public string Name { get; init; } = "";

    /// <summary><c>en</c> or <c>fr</c>; anything else is English.</summary>
    public string Language { get; init; } = "en";

    public string? Url { get; init; }

    /// <summary>Key of a webhook's signature, token of ntfy.</summary>
    public string? Secret { get; init; }

    /// <summary>Takes the stored key away; a webhook gets a new one.</summary>
    public bool ForgetsSecret { get; init; }
}

/// <summary>What is wrong with a field of a channel.</summary>
public enum ChannelFault
{
    /// <summary>Empty.</summary>
    Missing,

    TooLong,

    /// <summary>Another channel has that name.</summary>
    Duplicate,

    /// <summary>Not an absolute https address without user name and fragment.</summary>
    NotAUrl,

    /// <summary><c>http</c> to something that is not in a network that the administrator allows.</summary>
    NotEncrypted,

    /// <summary>The address does not end with a topic of ntfy.</summary>
    NoTopic,

    /// <summary>The address changed: a key is not used there without being typed again.</summary>
    SecretNeeded,

    /// <summary>It has characters that a header cannot carry, or is too short to prove anything.</summary>
    NotASecret,

    /// <summary>Somebody removed the channel meanwhile.</summary>
    Gone,
}

/// <param name="Field">Property of <see cref="ChannelDraft"/>.</param>
/// <param name="Fault">What is wrong.</param>
public sealed record ChannelProblem(string Field, ChannelFault Fault);

/// <summary>How storing a channel ended.</summary>
/// <param name="Id">The channel; null where nothing was stored.</param>
/// <param name="NewKey">The key that was made for a webhook: shown now and never again.</param>
public sealed record ChannelSaved(int? Id, IReadOnlyList<ChannelProblem> Problems, string? NewKey = null);

/// <summary>A channel as pages see it: without its address and key.</summary>
/// <param name="HasUrl">An address is stored, and can be decrypted.</param>
/// <param name="Recipients">People who are told, for e-mail.</param>
/// <param name="Waiting">Messages that are not through yet.</param>
/// <param name="GivenUp">Messages given up within the days that dead letters are shown.</param>
public sealed record ChannelView(
    int Id,
    ChannelKind Kind,
    string Name,
    bool IsEnabled,
    string Language,
    string? UrlHost,
    bool HasUrl,
    bool HasSecret,
    DateTimeOffset? FailingSince,
    DateTimeOffset? LastOkAt,
    string? LastError,
    int Recipients,
    int Waiting,
    int GivenUp);
