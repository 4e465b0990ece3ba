namespace MailDashboard.Web.Setup;

/// <summary>The address under which people reach the dashboard: the only base of links in mail, whatever a request's Host claims.</summary>
internal static class PublicUrl
{
    /// <summary>Reads what was typed; null where it is no address of a web site. The result bears no slash at its end.</summary>
    public static string? Parse(string? text) =>
        Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var url)
        && url.Scheme is "http" or "https"
        && url is { Query: "", Fragment: "", UserInfo: "", Host.Length: > 0 }
            ? url.GetLeftPart(UriPartial.Path).TrimEnd('/')
            : null;
}
