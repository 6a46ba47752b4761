using Monarch.IntegrationTests.Archive;
using Monarch.IntegrationTests.Health;
using Monarch.IntegrationTests.Journeys;
using Monarch.IntegrationTests.Links;
using Xunit.Sdk;
using Xunit.v3;

namespace Monarch.IntegrationTests;

/// <summary>
/// Begins with the classes that last longest: those of the first line mostly wait, and alone at the end they would leave the machine
/// idle for minutes. Whatever is not named comes after them.
/// </summary>
sealed class LongestFirst : ITestCollectionOrderer
{
    static readonly Type[] Longest =
    [
        typeof(Reaching_RabbitMQ_from_a_bridge),
        typeof(Reaching_RabbitMQ_from_a_worker),
        typeof(Surviving_repeated_kills),
        typeof(Losing_power),
        typeof(Keeping_within_the_limits),
        typeof(Commanding_a_migration),
        typeof(Surviving_in_the_intake),
        typeof(Surviving_outages),
        typeof(Enduring_an_outage),
        typeof(Bench.Running_the_bench),
        typeof(Losing_the_credential),
        typeof(Reaching_Redis_from_a_bridge),
        typeof(Losing_Redis_during_a_migration),
        typeof(Publishing_a_migration),
        typeof(Reaching_Redis_from_a_worker),
        typeof(Reaching_GitHub_from_a_worker),
        typeof(Losing_a_connection),
    ];

    public IReadOnlyCollection<T> OrderTestCollections<T>(IReadOnlyCollection<T> testCollections)
        where T : ITestCollection => [.. testCollections.OrderBy(x => Place(x))];

    // Each class is a collection, which tells its class by this name only.
    static int Place(ITestCollection collection) =>
        Array.FindIndex(
            Longest,
            x => collection.TestCollectionDisplayName.StartsWith($"Test collection for {x.FullName} ", StringComparison.Ordinal)
        ) switch
        {
            < 0 => Longest.Length,
            var place => place,
        };
}
