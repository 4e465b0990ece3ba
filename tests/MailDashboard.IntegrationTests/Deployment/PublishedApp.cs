using System.Net;

namespace MailDashboard.IntegrationTests.Deployment;

/// <summary>The program as the Dockerfile publishes it, built once for the tests that start it.</summary>
public sealed class PublishedApp : IDisposable
{
    private readonly SemaphoreSlim building = new(1, 1);
    private BareMachine? machine;
    private bool built;

    public static Dockerfile Recipe { get; } = Dockerfile.Load("src/MailDashboard.Web/Dockerfile");

    public async Task<BareMachine> BuildAsync(CancellationToken cancellationToken)
    {
        await building.WaitAsync(cancellationToken);
        try
        {
            if (!built)
            {
                machine?.Dispose();
                machine = new BareMachine();
                await machine.BuildAsync(Recipe, cancellationToken);
                built = true;
            }

            return machine!;
        }
        finally
        {
            building.Release();
        }
    }

    public void Dispose()
    {
        machine?.Dispose();
        building.Dispose();
    }

    /// <summary>Whether the address answers with 200 within the polling's patience.</summary>
    public static async Task<bool> IsUpAsync(HttpClient client, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri("/health", UriKind.Relative), cancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public static HttpClient Client(int port) =>
        new(new SocketsHttpHandler { UseProxy = false, AutomaticDecompression = DecompressionMethods.All }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
}
