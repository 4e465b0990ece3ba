using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MailDashboard.Mail.Advice;
using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.Guides;
using MailDashboard.Mail.Publishing;
using MailDashboard.Mail.SigningIn.OAuth;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Wizard;

/// <summary>What the person said about the domain.</summary>
/// <param name="Sends">Mail goes out in its name.</param>
/// <param name="Receives">Mail comes in for it.</param>
public sealed record DomainPart(bool Sends = true, bool Receives = true)
{
    /// <summary>Hosts of its MX that the person runs.</summary>
    public ImmutableArray<string> OwnHosts { get; init; } = [];
}

/// <summary>The answers to the adviser, and what the person chose.</summary>
public sealed record AdvicePart
{
    public AdviserAnswers Answers { get; init; } = new();

    /// <summary>Where the person decided otherwise than advised.</summary>
    public ImmutableDictionary<AdviceTopic, AdviceOption> Chosen { get; init; } = ImmutableDictionary<AdviceTopic, AdviceOption>.Empty;

    /// <summary>What holds for a topic; null before the questions were answered.</summary>
    public AdviceOption? Of(AdviceTopic topic) => Chosen.TryGetValue(topic, out var chosen) ? chosen : Adviser.Advise(Answers).FirstOrDefault(r => r.Topic == topic)?.Option;
}

/// <summary>Who sends.</summary>
/// <param name="Id">Of the provider in the catalogue.</param>
public sealed record ProviderPart(string Id)
{
    /// <summary>What was copied from its console, by the key of the field.</summary>
    public ImmutableDictionary<string, string> Entries { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Addresses of an own server, as DNS told them.</summary>
    public ImmutableArray<string> Addresses { get; init; } = [];
}

/// <summary>The profile that sends for the domain.</summary>
/// <param name="Id">Of the profile.</param>
/// <param name="SignedInAt">The server let us in then; null where it has not yet.</param>
public sealed record ProfilePart(int Id, DateTimeOffset? SignedInAt = null);

/// <summary>What was typed about a profile that is not stored yet. No secret is in it.</summary>
public sealed record TypedProfile(string Host, int Port, ServerSecurity Security, string? UserName, string SenderAddress, string? SenderName)
{
    /// <summary>How one signs in there; null where the provider offers a password only.</summary>
    public TypedSignIn? SignIn { get; init; }
}

/// <summary>What was typed about signing in with tokens. No secret is in it.</summary>
public sealed record TypedSignIn(
    SignInKind Kind, OAuthGrant Grant, string? TokenEndpoint, string? AuthorizationEndpoint, string? DeviceEndpoint, string? ClientId, string? Scope)
{
    /// <summary>Id or domain of the organisation at Microsoft.</summary>
    public string Tenant { get; init; } = "";
}

/// <summary>A record or a file that was seen as planned.</summary>
/// <param name="Owner">Its name; of a file its address.</param>
/// <param name="Type">Its type; of a file <see cref="File"/>.</param>
/// <param name="Values">What stood there.</param>
/// <param name="At">When.</param>
public sealed record SeenRecord(string Owner, string Type, ImmutableArray<string> Values, DateTimeOffset At)
{
    /// <summary>In place of a record type.</summary>
    public const string File = "file";

    /// <summary>It is what a plan has.</summary>
    public bool Is(PlannedRecord record) => Owner == record.Owner && Type == record.Type.ToString() && Values.SequenceEqual(record.Values);

    /// <summary>It is what a plan has.</summary>
    public bool Is(PlannedFile file) => Type == File && Owner == file.Address.AbsoluteUri && Values.SequenceEqual([file.Text]);
}

/// <summary>What is to be published, and how far it is.</summary>
public sealed record RecordsPart
{
    /// <summary>Where reports about forged mail go; null asks for none.</summary>
    public string? DmarcReports { get; init; }

    /// <summary>How far DMARC is taken; null: as far as the record goes that is published.</summary>
    public DmarcStage? Stage { get; init; }

    /// <summary>Somebody went back to it: it holds even where the record that is published asks for more.</summary>
    public bool IsSteppedBack { get; init; }

    /// <summary>Since when it stands at this stage; null before its record was seen.</summary>
    public DateTimeOffset? StageSince { get; init; }

    /// <summary>Whether senders are told to encrypt; null: as the domain has it.</summary>
    public MtaStsWish? MtaSts { get; init; }

    /// <summary>Public halves of the keys that were made for an own server.</summary>
    public ImmutableArray<DkimPublication> Keys { get; init; } = [];

    /// <summary>Records and files that were seen.</summary>
    public ImmutableArray<SeenRecord> Seen { get; init; } = [];

    /// <summary>How many of both the plan has, at the last look.</summary>
    public int Planned { get; init; }
}

/// <summary>A certificate that was seen by a handshake.</summary>
/// <param name="Host">Asked for that name.</param>
/// <param name="Port">At that port.</param>
/// <param name="IsGood">It is valid for the name today.</param>
/// <param name="EndsAt">The end of its life; null where none was shown.</param>
/// <param name="At">When.</param>
public sealed record SeenCertificate(string Host, int Port, bool IsGood, DateTimeOffset? EndsAt, DateTimeOffset At);

/// <summary>The certificates of own servers.</summary>
public sealed record CertificatePart
{
    public MailServer Server { get; init; } = MailServer.Postfix;

    public CertificateClient Client { get; init; } = CertificateClient.Certbot;

    public ImmutableArray<SeenCertificate> Seen { get; init; } = [];
}

/// <summary>How much is sent.</summary>
public sealed record LimitsPart
{
    public int? PerMinute { get; init; }

    public int? PerDay { get; init; }

    /// <summary>Nobody knows the sending address yet: the amount grows day by day.</summary>
    public bool IsNewAddress { get; init; }

    /// <summary>The profile keeps to them since then.</summary>
    public DateTimeOffset? SetAt { get; init; }
}

/// <summary>A line of a log that says what became of a message.</summary>
/// <param name="Server">Whose line; null where the person looked it up at a provider.</param>
/// <param name="At">When it was shown to us.</param>
public sealed record LoggingPart(MailServer? Server, DateTimeOffset At)
{
    public LogFate? Fate { get; init; }
}

/// <summary>A real message.</summary>
/// <param name="Recipient">To whom.</param>
/// <param name="AcceptedAt">The server took it then.</param>
/// <param name="ArrivedAt">We read it in a mailbox, or the person says so; null where it is not known.</param>
public sealed record MessagePart(string Recipient, DateTimeOffset AcceptedAt, DateTimeOffset? ArrivedAt = null)
{
    /// <summary>What a message is worth at best.</summary>
    public const int MostPoints = 10;

    /// <summary>The test whose message it is; null where the person looks for it.</summary>
    public int? TestId { get; init; }

    /// <summary>What it is worth, out of ten; null where it was not judged.</summary>
    public double? Score { get; init; }

    /// <summary>The run to the seed mailboxes beside it; null where there are none.</summary>
    public int? PlacementId { get; init; }

    /// <summary>Not all is well with it: it goes on being looked at.</summary>
    [JsonIgnore]
    public bool IsPoor => Score < MessageTests.MessageTestView.GoodScore;
}

/// <summary>What a set-up has come to. Immutable; each part is null until its step was taken. No secret is in it.</summary>
public sealed record WizardState
{
    /// <summary>Nothing was said yet.</summary>
    public static WizardState Empty { get; } = new();

    public DomainPart? Domain { get; init; }

    public AdvicePart? Advice { get; init; }

    public ProviderPart? Provider { get; init; }

    public ProfilePart? Profile { get; init; }

    /// <summary>A profile in the making; null once it is stored.</summary>
    public TypedProfile? Typed { get; init; }

    public RecordsPart? Records { get; init; }

    public CertificatePart? Certificate { get; init; }

    public LimitsPart? Limits { get; init; }

    public LoggingPart? Logging { get; init; }

    public MessagePart? Message { get; init; }

    /// <summary>Steps that the person moved on from.</summary>
    public ImmutableHashSet<WizardStep> Passed { get; init; } = [];

    /// <summary>Those of them that were left for later.</summary>
    public ImmutableHashSet<WizardStep> Skipped { get; init; } = [];

    /// <summary>Takes a provider; what was typed for another one is not proposed for it.</summary>
    public WizardState Choose(ProviderPart provider) => this with { Provider = provider, Typed = provider.Id == Provider?.Id ? Typed : null };

    /// <summary>
    /// Begins again for a domain that was set up before: what was said of it is proposed again, a stage of DMARC goes on, and nothing counts
    /// as passed or proven.
    /// </summary>
    public WizardState Again() => Empty with { Domain = Domain, Advice = Advice, Provider = Provider, Records = Records is { } records ? records with { Seen = [], Planned = 0 } : null };

    /// <summary>Moves on from a step.</summary>
    public WizardState Pass(WizardStep step, bool skipped) =>
        this with { Passed = Passed.Add(step), Skipped = skipped ? Skipped.Add(step) : Skipped.Remove(step) };
}
