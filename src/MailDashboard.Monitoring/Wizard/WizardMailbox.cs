using MailDashboard.Checks.ClientAccess;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Mail.Connecting;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Mailboxes;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Wizard;

/// <summary>Where a mailbox is read, as far as it is known without asking the person.</summary>
/// <param name="Preset">A provider with many readers; null for any other.</param>
/// <param name="Host">The server; null where nobody knows it.</param>
/// <param name="Port">Its port.</param>
/// <param name="Security">How its connection is encrypted.</param>
public sealed record MailboxSight(MailboxPreset? Preset, string? Host = null, int Port = MailboxPreset.Port, ServerSecurity Security = ServerSecurity.ImplicitTls);

/// <summary>The mailbox that takes the real message.</summary>
public sealed class WizardMailbox(IDnsResolver dns)
{
    /// <summary>Follows from the address: a provider with many readers, what DNS says (RFC 6186), or for the domain itself what the set-up knows.</summary>
    public async Task<MailboxSight> LookAsync(WizardState state, DomainName domain, string address, CancellationToken cancellationToken)
    {
        if (!DomainName.TryParse(address[(address.LastIndexOf('@') + 1)..], out var host, out _, out _))
        {
            return new MailboxSight(null);
        }

        if (MailboxPresets.ForDomain(host.Ascii) is { } preset)
        {
            return new MailboxSight(preset);
        }

        var found = await ClientServices.FindAsync(dns, host.Ascii, ClientProtocol.Imap, cancellationToken);
        return found.FirstOrDefault(s => !s.Addresses.IsEmpty) is { } server
            ? new MailboxSight(null, server.Host, server.Port, server.ImplicitTls ? ServerSecurity.ImplicitTls : ServerSecurity.StartTls)
            : host.Ascii == domain.Ascii ? Known(state, domain) : new MailboxSight(null);
    }

    /// <summary>As it is stored: the address is the user name, and it is a seed, so that it also says in which folder mail lies. Pure.</summary>
    public static MailboxDraft Draft(MailboxDraft typed) => typed with
    {
        UserName = string.IsNullOrWhiteSpace(typed.UserName) ? typed.Address.Trim() : typed.UserName,
        Addressing = MailboxPresets.Find(typed.Provider) is { HasPlusAddresses: true } ? TestAddressing.PlusAddress : TestAddressing.None,
        IsSeed = true,
    };

    /// <summary>The own server, or where the provider keeps mailboxes. Pure.</summary>
    internal static MailboxSight Known(WizardState state, DomainName domain) =>
        WizardRules.Chosen(state) is { } chosen && chosen.Provider.Imap.FirstOrDefault() is { } endpoint && chosen.Fill(endpoint.Host, domain.Ascii).Text is { } host
            ? new MailboxSight(null, host, endpoint.Port, endpoint.Security)
            : new MailboxSight(null);
}
