using MimeKit;

namespace MailDashboard.IntegrationTests.Servers.Mail;

/// <summary>Reads a Maildir, oldest message first.</summary>
public sealed class Maildir(string path)
{
    public string Path => path;

    public IReadOnlyList<MimeMessage> Messages =>
        [.. Files.OrderBy(File.GetLastWriteTimeUtc).ThenBy(name => name, StringComparer.Ordinal).Select(file => MimeMessage.Load(file))];

    public int Count => Files.Length;

    private string[] Files => Directory.Exists(System.IO.Path.Combine(path, "new")) ? Directory.GetFiles(System.IO.Path.Combine(path, "new")) : [];

    /// <summary>Waits until at least this many messages lie there.</summary>
    public async Task<IReadOnlyList<MimeMessage>> WaitForAsync(int count, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        await Eventually.TrueAsync($"{count} message(s) arrived", () => Count >= count, timeout, cancellationToken);
        return Messages;
    }

    public void Clear()
    {
        foreach (var file in Files)
        {
            File.Delete(file);
        }
    }
}
