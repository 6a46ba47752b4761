using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Monarch.Bridge.Intake;
using Monarch.Contracts.Migrations;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge;

public sealed class Choosing_what_is_copied
{
    static readonly FakeTimeProvider Clock = new(new(2026, 9, 15, 12, 0, 0, TimeSpan.Zero));

    static readonly JsonSerializerOptions Compact = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    [Theory]
    [InlineData("\"copy_labels\": true", """{"labels":true}""")]
    [InlineData("\"copy_labels\": false", """{"labels":false}""")]
    [InlineData("\"copy_milestones\": false", """{"milestones":false}""")]
    [InlineData("\"copy_types\": false", """{"types":false}""")]
    [InlineData("\"keep_assignees\": true", """{"keepAssignees":true}""")]
    [InlineData("\"keep_mentions\": true", """{"keepMentions":true}""")]
    [InlineData("\"copy_comments\": true", """{"comments":true}""")]
    [InlineData("\"close_removed\": true", """{"closeRemoved":true}""")]
    [InlineData("\"update\": true", """{"update":true}""")]
    [InlineData("\"update\": false", """{"update":false}""")]
    [InlineData("\"update\": false, \"update\": true", """{"update":true}""")]
    public void Should_distinguish_true_and_false_from_the_setting(string fields, string expected) => Show(Read(fields)).ShouldBe(expected);

    [Theory]
    [InlineData("""{"jane": "jane-school"}""", """{"jane":"jane-school"}""")]
    [InlineData("""{" Jane ": " jane_school\t"}""", """{"Jane":"jane_school"}""")]
    [InlineData("""{"Build[bot]": "other-app[bot]"}""", """{"Build[bot]":"other-app[bot]"}""")]
    [InlineData("""{"a": "same", "b": "same"}""", """{"a":"same","b":"same"}""")]
    public void Should_map_assignees_to_their_logins_in_the_targets(string assignees, string expected) =>
        Show(Read($"\"assignees\": {assignees}")).ShouldBe($$"""{"assigneeMap":{{expected}}}""");

    [Fact]
    public void Should_accept_500_assignees_and_logins_of_39_characters()
    {
        var entries = Enumerable.Range(1, 500).Select(n => $"\"{n.ToString("D39", null)}\": \"u{n}\"");

        Read($"\"assignees\": {{{string.Join(',', entries)}}}")!.AssigneeMap!.Count.ShouldBe(500);
    }

    [Theory]
    [InlineData("\"state\": \"all\"", """{"includeClosed":true}""")]
    [InlineData("\"label\": \"bug\"", """{"includeClosed":false,"labels":["bug"]}""")]
    [InlineData("\"label\": [\" help wanted \", \"bug\"]", """{"includeClosed":false,"labels":["help wanted","bug"]}""")]
    [InlineData(
        "\"label\": [\"bug\", \"BUG\", \"a,b\", \"Größe 👩‍💻\"]",
        """{"includeClosed":false,"labels":["bug","a,b","Größe 👩‍💻"]}"""
    )]
    [InlineData("\"milestone\": \" Week 1: «start» \"", """{"includeClosed":false,"milestone":"Week 1: «start»"}""")]
    [InlineData(
        "\"state\": \"all\", \"label\": \"bug\", \"milestone\": \"Week 1\"",
        """{"includeClosed":true,"labels":["bug"],"milestone":"Week 1"}"""
    )]
    public void Should_select_issues_by_state_label_and_milestone(string fields, string expected) =>
        Show(Read(fields)).ShouldBe(Escaped($$"""{"issues":{{expected}}}"""));

    [Fact]
    public void Should_count_the_characters_of_a_label_as_people_do() =>
        Read($"\"label\": \"{string.Concat(Enumerable.Repeat("🚀", 50))}\"")!.Issues!.Labels!.Single().Length.ShouldBe(100);

    [Theory]
    [InlineData("\"1-20,25\"", "1-20,25")]
    [InlineData("\"7\"", "7")]
    [InlineData("7", "7")]
    [InlineData("[25, 3, 1, 2]", "1-3,25")]
    [InlineData("[\"1-3\", 5, \"4\"]", "1-5")]
    [InlineData("\" 1 - 3 , 007 \"", "1-3,7")]
    [InlineData("\"10-20,1-10,15,21\"", "1-21")]
    [InlineData("\"1-100,5-6,50\"", "1-100")]
    [InlineData("\"2147483647,1-2147483647\"", "1-2147483647")]
    [InlineData("\"2147483647,2147483646\"", "2147483646-2147483647")]
    public void Should_merge_and_sort_the_numbers_of_issues(string json, string expected) =>
        IssueRanges.Format(Read($"\"issues\": {json}")!.Issues!.Numbers!).ShouldBe(expected);

    [Theory]
    [InlineData("2026-09-01", "2026-09-01T00:00:00Z")]
    [InlineData(" 2026-09-01 ", "2026-09-01T00:00:00Z")]
    [InlineData("2026-09-01T08:30", "2026-09-01T08:30:00Z")]
    [InlineData("2026-09-01T08:30:15", "2026-09-01T08:30:15Z")]
    [InlineData("2026-09-01T08:30:15Z", "2026-09-01T08:30:15Z")]
    [InlineData("2026-09-01T08:30:15.25Z", "2026-09-01T08:30:15.25Z")]
    [InlineData("2026-09-01T00:30+02:00", "2026-08-31T22:30:00Z")]
    [InlineData("2026-09-01T20:30:00-05:30", "2026-09-02T02:00:00Z")]
    [InlineData("2024-02-29", "2024-02-29T00:00:00Z")]
    [InlineData("2026-09-16", "2026-09-16T00:00:00Z")]
    public void Should_read_a_date_as_midnight_UTC_and_a_time_with_its_offset(string since, string expected)
    {
        var read = Read($"\"since\": \"{since}\"")!.Issues!.Since!.Value;

        read.ShouldBe(DateTimeOffset.Parse(expected, null));
        read.Offset.ShouldBe(TimeSpan.Zero);
    }

    [Theory]
    [InlineData("2026-09-16T12:00:00Z", 0)]
    [InlineData("2026-09-16T12:00:01Z", 1)]
    public void Should_refuse_a_time_more_than_a_day_ahead(string since, int faults) =>
        Translate($"\"since\": \"{since}\"").Faults.Count.ShouldBe(faults);

    [Theory]
    [InlineData("\"copy_labels\": null, \"copy_milestones\": null, \"copy_types\": null, \"keep_assignees\": null, \"assignees\": null")]
    [InlineData("\"keep_mentions\": null, \"update\": null, \"state\": null, \"label\": null, \"milestone\": null, \"issues\": null")]
    [InlineData("\"since\": null, \"state\": \"open\", \"assignees\": {}")]
    [InlineData("\"labels\": [\"bug\"], \"Update\": true, \"copy-labels\": false, \"unknown\": {\"issues\": \"9-3\"}")]
    public void Should_have_no_options_by_default(string fields)
    {
        var request = Translate(fields).Request!;

        request.Copy.ShouldBeNull();
        request.Digest().ShouldBe(Translate("\"x\": 1").Request!.Digest());
    }

    [Fact]
    public void Should_preserve_every_option_in_the_intake()
    {
        var request = Translate(Full).Request!;

        var stored = Translator.Read(Encoding.UTF8.GetBytes(request.ToJson())).Request!;

        Show(stored.Copy).ShouldBe(Show(request.Copy));
        Show(stored.Copy)
            .ShouldBe(
                Escaped(
                    """{"issues":{"includeClosed":true,"labels":["Größe \"L\"","bug"],"milestone":"Week 1","numbers":[{"first":1,"last":3},{"first":25,"last":25}]"""
                        + ""","since":"2026-09-01T08:30:15.25+00:00"},"labels":false,"milestones":true,"types":false,"keepAssignees":true"""
                        + ""","assigneeMap":{"jane":"doe"},"keepMentions":false,"comments":true,"update":true,"closeRemoved":true}"""
                )
            );
        stored.Digest().ShouldBe(request.Digest());
        stored.ToJson().ShouldBe(request.ToJson());
    }

    const string Full =
        """ "copy_labels": false, "copy_milestones": true, "copy_types": false, "keep_assignees": true, "assignees": {"jane": "doe"}, """
        + """ "keep_mentions": false, "copy_comments": true, "update": true, "close_removed": true, "state": "all", "label": ["Größe \"L\"", "bug"], "milestone": "Week 1", """
        + """ "issues": [25, 1, 2, 3], "since": "2026-09-01T08:30:15.25Z" """;

    static RequestTranslator Translator => new(Options.Create(new RequestOptions()), time: Clock);

    static string Show(CopyOptions? options) => Escaped(JsonSerializer.Serialize(options, Compact));

    static string Escaped(string json) => JsonNode.Parse(json)!.ToJsonString();

    static CopyOptions? Read(string fields)
    {
        var (request, faults) = Translate(fields);
        faults.ShouldBeEmpty();
        return request.ShouldNotBeNull().Copy;
    }

    static (MigrationRequest? Request, IReadOnlyList<RequestFault> Faults) Translate(string fields) =>
        Translator.Read(Encoding.UTF8.GetBytes(BadMessages.Good.Replace("}", $", {fields}}}", StringComparison.Ordinal)));
}
