using static MailDashboard.IntegrationTests.Checks.Smtp.LoopbackServer;

namespace MailDashboard.IntegrationTests.Checks.ClientAccess;

/// <summary>A greeting, an answer to each command in turn, and silence.</summary>
internal sealed record ClearScript(string Greeting, string[] Answers)
{
    public async Task TalkAsync(Stream stream, CancellationToken token)
    {
        await SendAsync(stream, Greeting, token);
        foreach (var answer in Answers)
        {
            if (await CommandAsync(stream, token) is null)
            {
                return;
            }

            await SendAsync(stream, answer, token);
        }

        // Until the other side has enough.
        while (await CommandAsync(stream, token) is not null)
        {
        }
    }
}
