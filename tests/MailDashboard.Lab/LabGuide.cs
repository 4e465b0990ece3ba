using System.Globalization;
using System.Text;

namespace MailDashboard.Lab;

/// <summary>What to type, printed by <c>tests/lab.sh up</c> and <c>status</c>.</summary>
public static class LabGuide
{
    public static string Text(string folder, LabServers servers)
    {
        var login = LabAddresses.Login;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            The lab is up. Nothing of it leaves this machine.

            Start the dashboard against it (from the repository's folder):

              export MAILDASHBOARD_DATA={folder}/data
              export MailDashboard__Dns__Servers__0={LabAddresses.Resolver}
              export MailDashboard__Probing__AllowedNetworks__0=127.0.0.0/8
              export MailDashboard__Blocklists__DataFile={folder}/blocklists.json
              export MailDashboard__Alerting__SecondLookSeconds=5
              export SSL_CERT_FILE={folder}/authority.pem
              dotnet run --project src/MailDashboard.Web

            The same checks from the shell:

              export SSL_CERT_FILE={folder}/authority.pem
              dotnet run --project src/MailDashboard.Cli -- check good.example --dns {LabAddresses.Resolver} --selector lab --blocklist-data {folder}/blocklists.json
              dotnet run --project src/MailDashboard.Cli -- check toomany.example --dns {LabAddresses.Resolver} --families spf
              dotnet run --project src/MailDashboard.Cli -- spf --dns {LabAddresses.Resolver} --ip 192.0.2.7 --helo x.example --mail-from joe@spf-loop.example
              dotnet run --project src/MailDashboard.Cli -- blocklist 127.0.1.20 --dns {LabAddresses.Resolver} --blocklist-data {folder}/blocklists.json

            SMTP profiles for alert e-mail (any recipient address arrives):

              smtp.lab.example  port {LabAddresses.Recipient.Port}  STARTTLS or none, no password
              smtp.lab.example  port {LabAddresses.Submission.Port}  STARTTLS, user {login.UserName}, password {login.Password}

            Read what arrived, list and delist:

              tests/lab.sh mail
              tests/lab.sh list 127.0.1.10      tests/lab.sh list good.example
              tests/lab.sh delist 127.0.1.10    tests/lab.sh delist good.example

            The mailboxes are {servers.Recipient.Mailbox.Path}
                          and {servers.Submission.Mailbox.Path}
            DNS by hand: dig @{LabAddresses.Resolver.Address} -p {LabAddresses.Resolver.Port} good.example MX
            Blocklists: {LabServers.AddressList}, {LabServers.DomainList}, {LabServers.RefusingList} (refuses us), {LabServers.SilentList} (never answers)

            Domains (DKIM selector: lab):


            """);
        foreach (var domain in LabWorld.Domains.Where(domain => domain.Name != "lab.example"))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {domain.Name,-24}{domain.About}\n");
        }

        return text.ToString();
    }
}
