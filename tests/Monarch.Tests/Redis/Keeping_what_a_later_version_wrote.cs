using System.Text;
using System.Text.Json.Nodes;
using Monarch.Redis.Sagas;
using Monarch.Workers.Migrations.Repositories;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Redis;

public sealed class Keeping_what_a_later_version_wrote
{
    [Fact]
    public void Should_preserve_unknown_members()
    {
        const string Later =
            """{"next": 7, "addedLater": {"x": [1, "two"]}, "pass": {"snapshotId": "s", "pace": 0.5}, "waiting": [{"batchVersion": 3, "by": "someone"}]}""";

        var saga = SagaJson.Read<RepositoryMigrationState>(Encoding.UTF8.GetBytes(Later))!;
        saga.Next = 8;
        var written = JsonNode.Parse(SagaJson.Write(saga))!;

        ((int)written["next"]!).ShouldBe(8);
        written["addedLater"]!.ToJsonString().ShouldBe("""{"x":[1,"two"]}""");
        ((double)written["pass"]!["pace"]!).ShouldBe(0.5);
        ((string)written["waiting"]![0]!["by"]!).ShouldBe("someone");
    }

    [Fact]
    public void Should_add_nothing_if_all_members_are_known()
    {
        var saga = new RepositoryMigrationState { Next = 3 };

        SagaJson.Write(SagaJson.Read<RepositoryMigrationState>(SagaJson.Write(saga))!).ShouldBe(SagaJson.Write(saga));
    }
}
