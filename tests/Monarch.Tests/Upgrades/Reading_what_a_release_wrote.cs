using System.Text.Json;
using System.Text.Json.Nodes;
using Monarch.Contracts;
using Monarch.Testing;
using Monarch.Workers.Migrations.Repositories;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Upgrades;

/// <summary>
/// During a rolling upgrade messages and sagas of the previous release are read by the present version. Each release's are kept in
/// <c>Releases/{version}.json</c>; members that are given up on purpose stand in <c>Releases/{version}.given-up.txt</c>, one a line.
/// </summary>
public sealed class Reading_what_a_release_wrote
{
    static readonly string Folder = Repository.PathOf("tests", "Monarch.Tests", "Upgrades", "Releases");

    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public void Should_read_all_members_of_each_release()
    {
        foreach (var release in Directory.Exists(Folder) ? Directory.GetFiles(Folder, "*.json") : [])
        {
            var givenUp = Path.ChangeExtension(release, ".given-up.txt");
            ReleasedJson
                .Lost(Read(File.ReadAllText(release)), File.Exists(givenUp) ? File.ReadAllLines(givenUp) : [])
                .ShouldBeEmpty(Path.GetFileName(release));
        }
    }

    [Fact]
    public void Should_read_all_members_that_it_writes() => ReleasedJson.Lost(ReleasedJson.Present(), []).ShouldBeEmpty();

    [Theory]
    [InlineData("renamed", "Monarch.Contracts.Failure.formerly")]
    [InlineData("of another type", "Monarch.Contracts.Failure: The JSON value could not be converted")]
    [InlineData(
        "without what is required now",
        "Monarch.Contracts.Failure: JSON deserialization for type 'Monarch.Contracts.Failure' was missing required properties"
    )]
    [InlineData(
        "of a value that is gone",
        "Monarch.Workers.Migrations.Repositories.RepositoryMigrationState: The JSON value could not be converted"
    )]
    [InlineData("of a message that is gone", "Monarch.Contracts.Gone")]
    public void Should_notice_a_member(string change, string lost)
    {
        var release = ReleasedJson.Present();
        var failure = release[typeof(Failure).FullName!]!.AsObject();
        switch (change)
        {
            case "renamed":
                failure["formerly"] = 1;
                break;
            case "of another type":
                failure["status"] = "Not Found";
                break;
            case "without what is required now":
                failure.Remove("message");
                break;
            case "of a value that is gone":
                release[typeof(RepositoryMigrationState).FullName!]!["status"] = "Gone";
                break;
            default:
                release["Monarch.Contracts.Gone"] = new JsonObject();
                break;
        }

        ReleasedJson.Lost(release, []).ShouldHaveSingleItem().ShouldStartWith(lost);
        ReleasedJson
            .Lost(release, ["Monarch.Contracts.Failure.formerly", "Monarch.Contracts.Gone"])
            .Count.ShouldBe(change is "renamed" or "of a message that is gone" ? 0 : 1);
    }

    [Fact(Explicit = true)]
    public void Should_store_the_JSON_of_the_current_version_as_a_release()
    {
        Directory.CreateDirectory(Folder);
        var version = typeof(Failure).Assembly.GetName().Version!.ToString(3);
        File.WriteAllText(Path.Combine(Folder, $"{version}.json"), ReleasedJson.Present().ToJsonString(Indented) + "\n");
    }

    static JsonObject Read(string json) => JsonNode.Parse(json)!.AsObject();
}
