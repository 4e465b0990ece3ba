using MailDashboard.IntegrationTests.Deployment;
using MailDashboard.IntegrationTests.Journey;
using MailDashboard.IntegrationTests.Monitoring;
using MailDashboard.IntegrationTests.Web;
using MailDashboard.IntegrationTests.Web.Secrets;
using Xunit.Sdk;
using Xunit.v3;

namespace MailDashboard.IntegrationTests;

/// <summary>Begins with the classes that take minutes: begun last, one alone would be waited for at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly Type[] Long =
    [
        typeof(PublishTests), typeof(KilledTransactionTests), typeof(WizardTests), typeof(PagesTests), typeof(EveryEnglishPageTests), typeof(EveryFrenchPageTests),
        typeof(AccessibilityTests), typeof(JourneyTests), typeof(SecretSearchTests), typeof(PeopleTests), typeof(TwentyBrowsersTests),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(Place)];

    // A class without a collection of its own has one that is named after it.
    private static int Place<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection =>
        Array.FindIndex(Long, type => collection.TestCollectionDisplayName.Contains($" {type.FullName} ", StringComparison.Ordinal)) is var at and >= 0 ? at : Long.Length;
}
