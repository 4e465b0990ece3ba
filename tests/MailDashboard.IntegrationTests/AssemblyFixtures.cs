using MailDashboard.IntegrationTests;
using MailDashboard.IntegrationTests.Deployment;
using MailDashboard.IntegrationTests.Servers;

// One browser and one database server for all; a test that stops or fills one starts its own.
[assembly: AssemblyFixture(typeof(Browser))]
[assembly: AssemblyFixture(typeof(SharedPostgres))]
[assembly: AssemblyFixture(typeof(PublishedApp))]
[assembly: TestCollectionOrderer(typeof(LongestFirst))]
