namespace MailDashboard.Web.Shared;

/// <summary>What ties a control to its label, hint and error.</summary>
/// <param name="Id">For <c>id</c>.</param>
/// <param name="DescribedBy">For <c>aria-describedby</c>.</param>
/// <param name="Invalid">For <c>aria-invalid</c>.</param>
public sealed record FormFieldContext(string Id, string? DescribedBy, string? Invalid);
