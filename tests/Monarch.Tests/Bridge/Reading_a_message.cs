using System.Text;
using Microsoft.Extensions.Options;
using Monarch.Bridge.Intake;
using Monarch.Bridge.Telemetry;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge;

public sealed class Reading_a_message
{
    const string Rare =
        """{"source_repo": "nss-group-projects/cider-falls", "all_target_repositories": ["stevebrownlee/rare-test"], "notification_channel": "C06GHMZB3M3"}""";

    [Fact]
    public void Should_accept_exactly_what_the_platform_publishes()
    {
        var request = Understand(Rare);

        request.Source.ShouldBe("nss-group-projects/cider-falls");
        request.Targets.ShouldBe(["stevebrownlee/rare-test"]);
        request.NotificationChannel.ShouldBe("C06GHMZB3M3");
    }

    [Theory]
    [InlineData("teams/one")]
    [InlineData("teams/one/")]
    [InlineData("teams/one.git")]
    [InlineData("  teams/one\\n")]
    [InlineData("https://github.com/teams/one")]
    [InlineData("https://github.com/teams/one/")]
    [InlineData("https://github.com/teams/one.git")]
    [InlineData("https://github.com/teams/one.git/")]
    [InlineData("http://github.com/teams/one")]
    [InlineData("https://www.github.com/teams/one")]
    [InlineData("HTTPS://GitHub.com/teams/one.GIT")]
    [InlineData("https://github.com:443/teams/one")]
    [InlineData("https:\\/\\/github.com\\/teams\\/one")]
    [InlineData("\\u0074eams/one")]
    [InlineData("github.com/teams/one")]
    [InlineData("www.github.com/teams/one.git")]
    [InlineData("git@github.com:teams/one.git")]
    [InlineData("git@github.com:teams/one")]
    [InlineData("ssh://git@github.com/teams/one.git")]
    [InlineData("git+ssh://git@github.com/teams/one.git")]
    public void Should_read_a_repository_in_every_usual_spelling(string spelling)
    {
        Understand(Request("school/template", spelling)).Targets.ShouldBe(["teams/one"]);
        Understand(Request(spelling, "school/template")).Source.ShouldBe("teams/one");
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("0/0")]
    [InlineData("teams/.github")]
    [InlineData("teams/_a.b-c_")]
    [InlineData("teams/...")]
    [InlineData("jane_school/one")]
    [InlineData("a-b-c/-")]
    public void Should_accept_names_that_GitHub_accepts(string name) =>
        Understand(Request("school/template", name)).Targets.ShouldBe([name]);

    [Fact]
    public void Should_accept_the_longest_names()
    {
        var name = $"{new string('o', 39)}/{new string('r', 100)}";
        Understand(Request("school/template", $"https://github.com/{name}.git")).Targets.ShouldBe([name]);
    }

    [Fact]
    public void Should_count_a_target_once_that_is_named_in_several_ways() =>
        Understand(Request("school/template", "Teams/One", "teams/one", "https://github.com/TEAMS/ONE.git", "teams/two", "teams/two"))
            .Targets.ShouldBe(["Teams/One", "teams/two"]);

    [Fact]
    public void Should_accept_500_targets_with_duplicates()
    {
        var names = Enumerable.Range(1, 500).Select(n => $"teams/team-{n}").ToList();
        Understand(Request("school/template", [.. names, .. names.Select(name => name.ToUpperInvariant())])).Targets.ShouldBe(names);
    }

    [Fact]
    public void Should_ignore_unknown_fields() =>
        Understand(
            Rare.Replace("{", """{"version": 2, "cohort": {"id": 71, "tags": [null, true]}, "SOURCE_REPO": 1, """, StringComparison.Ordinal)
        )
            .Source.ShouldBe("nss-group-projects/cider-falls");

    [Theory]
    [InlineData("")]
    [InlineData(""", "notification_channel": null""")]
    [InlineData(""", "notification_channel": "" """)]
    [InlineData(""", "notification_channel": " \t\u00a0\r\n" """)]
    public void Should_accept_a_request_without_a_channel(string field) =>
        Understand($$"""{"source_repo": "school/template", "all_target_repositories": ["teams/one"]{{field}}}""")
            .NotificationChannel.ShouldBeNull();

    [Theory]
    [InlineData(" C06GHMZB3M3 ", "C06GHMZB3M3")]
    [InlineData("#cohort-71", "#cohort-71")]
    [InlineData("größe", "größe")]
    public void Should_accept_a_channel_by_id_or_name(string channel, string expected) =>
        Understand(Rare.Replace("C06GHMZB3M3", channel, StringComparison.Ordinal)).NotificationChannel.ShouldBe(expected);

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("null", false)]
    public void Should_recreate_deleted_copies_only_when_requested(string recreate, bool expected)
    {
        var request = Understand(Rare.Replace("{", $$"""{"recreate": {{recreate}}, """, StringComparison.Ordinal));

        request.Recreate.ShouldBe(expected);
        Understand(request.ToJson()).Recreate.ShouldBe(expected);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    [InlineData("\"no\"")]
    public void Should_ignore_the_unordered_field_of_an_earlier_version(string unordered)
    {
        var request = Understand(Rare.Replace("{", $$"""{"unordered": {{unordered}}, """, StringComparison.Ordinal));

        request.Digest().ShouldBe(Understand(Rare).Digest());
        request.ToJson().ShouldNotContain("unordered");
    }

    [Fact]
    public void Should_accept_exactly_1_MiB() => Understand(Rare.PadRight(1024 * 1024)).Targets.Count.ShouldBe(1);

    [Theory]
    [InlineData("https://github.school.example/api/v3", "https://github.school.example/teams/one")]
    [InlineData("https://github.school.example/api/v3/", "http://GITHUB.school.example/teams/one.git")]
    [InlineData("https://github.school.example:8443/api/v3", "https://github.school.example:8443/teams/one")]
    [InlineData("https://api.school.ghe.com", "https://school.ghe.com/teams/one")]
    [InlineData("http://127.0.0.1:8090/github/", "https://github.com/teams/one")]
    public void Should_accept_addresses_of_the_configured_GitHub(string api, string address) =>
        Understand(Request("school/template", address), new() { GitHubApiUrl = api }).Targets.ShouldBe(["teams/one"]);

    [Theory]
    [InlineData("https://github.school.example/api/v3", "https://github.com/teams/one")]
    [InlineData("https://github.school.example:8443/api/v3", "https://github.school.example/teams/one")]
    [InlineData("https://api.github.com", "https://github.school.example/teams/one")]
    public void Should_refuse_the_addresses_of_another_GitHub(string api, string address) =>
        new RequestTranslator(Options.Create(new RequestOptions { GitHubApiUrl = api }))
            .Read(Encoding.UTF8.GetBytes(Request("school/template", address)))
            .Faults.ShouldHaveSingleItem()
            .Problem.ShouldContain("is an address on");

    [Theory]
    [InlineData(null)]
    [InlineData("school,teams")]
    [InlineData(" SCHOOL ; Teams ,")]
    [InlineData("teams school other")]
    public void Should_match_allowed_owners_in_any_case(string? owners) =>
        Understand(Request("School/template", "teams/one"), new() { AllowedOwners = owners }).Targets.ShouldBe(["teams/one"]);

    [Theory]
    [InlineData("\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"", true)]
    [InlineData("\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00\"", true)]
    [InlineData("null", false, 0)]
    [InlineData("\"\"", false)]
    [InlineData("\"00-0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-01\"", false)]
    [InlineData("\"00-00000000000000000000000000000000-b7ad6b7169203331-01\"", false)]
    [InlineData("\"ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"", false)]
    [InlineData("\"\\ud800\"", false)]
    [InlineData("17", false)]
    [InlineData("{\"a\": []}", false)]
    public void Should_accept_a_valid_trace_and_count_a_malformed_one(string json, bool isValid, int malformed = 1)
    {
        using var meters = new TestMeters();
        var message = Request("school/template", "teams/one").TrimEnd('}') + $", \"traceparent\": {json}}}";

        var (request, faults) = new RequestTranslator(
            Options.Create(new RequestOptions()),
            new BridgeInstruments(meters, TimeProvider.System)
        ).Read(Encoding.UTF8.GetBytes(message));

        faults.ShouldBeEmpty();
        request!.TraceParent.ShouldBe(isValid ? json.Trim('"') : null);
        meters.Count("monarch.traceparent.malformed").ShouldBe(isValid ? 0 : malformed);
        Understand(request.ToJson()).TraceParent.ShouldBe(request.TraceParent);
        request.Digest().ShouldBe(Understand(Request("school/template", "teams/one")).Digest());
    }

    [Fact]
    public void Should_treat_equivalent_requests_as_equal()
    {
        var request = Understand(Request("school/template", "teams/one", "teams/two"));

        Understand(Request("https://github.com/School/Template", "teams/TWO", "teams/one.git", "teams/two"))
            .Digest()
            .ShouldBe(request.Digest());
        Understand(request.ToJson()).Digest().ShouldBe(request.Digest());
        Understand(Request("school/template", "teams/one")).Digest().ShouldNotBe(request.Digest());
        Understand(Request("school/templates", "teams/one", "teams/two")).Digest().ShouldNotBe(request.Digest());
        (request with { NotificationChannel = "C1" }).Digest().ShouldNotBe(request.Digest());
        (request with { Recreate = true }).Digest().ShouldNotBe(request.Digest());
    }

    static string Request(string source, params string[] targets) =>
        $$"""{"source_repo": "{{source}}", "all_target_repositories": [{{string.Join(',', targets.Select(target => $"\"{target}\""))}}]}""";

    static MigrationRequest Understand(string message, RequestOptions? options = null)
    {
        var (request, faults) = new RequestTranslator(Options.Create(options ?? new())).Read(Encoding.UTF8.GetBytes(message));
        faults.ShouldBeEmpty();
        return request.ShouldNotBeNull();
    }
}
