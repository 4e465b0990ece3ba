namespace MailDashboard.Web.Hosting;

/// <summary>
/// HEAD is GET without its content (RFC 9110 §9.3.2). Pages are mapped for GET alone: the page to sign in at would not be found, and
/// whoever asks for it by HEAD would be sent to it for ever.
/// </summary>
internal static class HeadRequests
{
    public static void UseHeadAsGet(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            context.Request.Method = HttpMethods.Get;
            context.Response.Body = Stream.Null;
        }

        await next(context);
    });
}
