using System.Net.Security;

namespace MailDashboard.Web.Hosting;

/// <summary><c>--health</c>: asks the running instance, for container images that carry no other client.</summary>
internal static class HealthCommand
{
    /// <returns>0 where the instance says that it is ready, else 1.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var configuration = new ConfigurationBuilder()
            .SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json", optional: true)
            .AddEnvironmentVariables("DOTNET_")
            .AddEnvironmentVariables("ASPNETCORE_")
            .AddEnvironmentVariables()
            .AddCommandLine(args)
            .Build();
        var address = ListenAddresses.Configured(configuration) is [var first, ..] ? first : ListenAddresses.Default;
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            // Our own instance on this machine: its certificate names the public host.
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, _, _, errors) => (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None,
            },
        };
        using var invoker = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(address), "/health"));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            using var response = await invoker.SendAsync(request, patience.Token);
            Console.WriteLine($"{address}: {await response.Content.ReadAsStringAsync(patience.Token)}");
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            Console.Error.WriteLine($"{address}: no answer ({e.Message})");
            return 1;
        }
    }
}
