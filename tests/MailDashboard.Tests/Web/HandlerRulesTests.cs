using System.Reflection;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Scheduling;
using MailDashboard.Web.Account;
using MailDashboard.Web.Domains;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Tests.Web;

/// <summary>A part of a page that can write can ask for the role anew: a new one cannot be forgotten.</summary>
public sealed class HandlerRulesTests
{
    private const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>What asks for the role on behalf of those who use it.</summary>
    private static readonly Type[] Askers = [typeof(Authorizer), typeof(DomainActions)];

    /// <summary>They read only, or change what is the reader's own: looked at one by one.</summary>
    private static readonly string[] Harmless = ["BlocklistsPage", "ConnectedMailboxes", "MailboxesPage", "RecipientsRedirect", "SendingRedirect", "UserMenu"];

    [Fact]
    public void Components_ThatGetSomethingThatWrites_CanAskForTheRole()
    {
        var faulty =
            from type in typeof(Authorizer).Assembly.GetTypes()
            where typeof(IComponent).IsAssignableFrom(type) && !IsForEverybody(type) && !Harmless.Contains(type.Name)
            let injected = Injected(type).ToList()
            where injected.Exists(Writes) && !injected.Exists(Askers.Contains)
            select $"{type.Name} gets {string.Join(", ", injected.Where(Writes).Select(t => t.Name))}";

        Assert.Empty(faulty);
    }

    [Fact]
    public void Writers_AreFound()
    {
        Assert.True(Writes(typeof(MailDashboard.Monitoring.Alerting.Incidents.IncidentActions)));
        Assert.True(Writes(typeof(AuditRunner)));
        Assert.False(Writes(typeof(MailDashboard.Monitoring.Alerting.AlertLog)));
    }

    /// <summary>Pages before sign-in and one's own account: they ask for a password or a token instead.</summary>
    private static bool IsForEverybody(Type type) =>
        type.GetCustomAttribute<AllowAnonymousAttribute>() is not null || type.GetCustomAttribute<AuthorizeAttribute>()?.Policy == Policies.Own;

    private static IEnumerable<Type> Injected(Type type)
    {
        for (var t = type; t is not null && t != typeof(object); t = t.BaseType)
        {
            foreach (var property in t.GetProperties(All).Where(p => p.GetCustomAttribute<InjectAttribute>() is not null))
            {
                yield return property.PropertyType;
            }
        }
    }

    /// <summary>It opens transactions, or records what an audit showed.</summary>
    private static bool Writes(Type type) =>
        type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).SelectMany(c => c.GetParameters()).Select(p => p.ParameterType)
            .Any(p => p == typeof(DatabaseWriter) || p == typeof(MailDashboard.Monitoring.Recording.ResultRecorder) || p == typeof(MailDashboard.Monitoring.Recording.DomainRevision))
        || type == typeof(People);
}
