using System.Text.Json.Nodes;
using Monarch.Sandbox.Model;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Sandbox;

public sealed class Recording_exchanges : SandboxTest
{
    readonly TemporaryDirectory _directory = new();

    protected override SandboxOptions Options =>
        new() { Record = _directory["exchanges"], Repositories = [new() { FullName = Repo, GenerateIssues = 9 }] };

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Should_record_exchanges_of_distinct_shapes()
    {
        await CreateTitled("One");
        await CreateTitled("Another");
        await Create("""{"title": 3, "labels": ["bug"]}""");
        await Create("{");

        var lines = Lines();

        lines.Select(line => (int)line["status"]!).ShouldBe([201, 201, 400]);
        var first = lines[0];
        ((string)first["method"]!, (string)first["path"]!).ShouldBe(("POST", $"/repos/{Repo}/issues"));
        ((string)first["agent"]!).ShouldBe("monarch-tests/1.0");
        ((string)first["body"]!["title"]!, (string)first["answer"]!["title"]!).ShouldBe(("One", "One"));
        ((string)lines[2]["body"]!).ShouldBe("{");
    }

    [Fact]
    public async Task Should_record_one_issue_of_each_shape_in_a_listing()
    {
        await Get($"repos/{Repo}/issues?state=all&page=1");
        await Get($"repos/{Repo}/issues?state=all&page=2");
        await Get($"repos/{Repo}/issues?state=all&page=1");

        Lines()
            .Select(line => line["answer"]!.AsArray().Count)
            .ShouldBe([2, 0], "one issue with and one without a label, and an empty page");
    }

    [Fact]
    public async Task Should_omit_scripted_answers()
    {
        Server.Script(new() { Status = 418 });
        Server.Script(new() { Status = 502, CarryOut = true });
        await Get("user");
        await Get("user");

        ((int)Lines().ShouldHaveSingleItem()["status"]!).ShouldBe(200, "the regular answer");
    }

    List<JsonNode> Lines() =>
        [.. Directory.EnumerateFiles(_directory["exchanges"]).SelectMany(File.ReadAllLines).Select(line => JsonNode.Parse(line)!)];
}
