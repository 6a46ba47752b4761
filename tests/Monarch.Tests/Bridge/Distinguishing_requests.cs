using System.Text;
using Microsoft.Extensions.Options;
using Monarch.Bridge.Intake;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge;

public sealed class Distinguishing_requests
{
    // During a rolling upgrade, Bridges of two versions must recognise the same publication.
    [Theory]
    [InlineData("\"x\": 1", "36b611e8e7628886513612960dfde1be")]
    [InlineData(
        "\"all_target_repositories\": [\"teams/two\", \"Teams/One\"], \"notification_channel\": \"\", \"recreate\": true",
        "2be2767bcca9ec23c946414deb568c47"
    )]
    public void Should_keep_the_digest_of_a_request_without_options(string fields, string digest) => Read(fields).Digest().ShouldBe(digest);

    [Theory]
    [InlineData("\"label\": [\"bug\", \"Help wanted\"]", "\"label\": [\"help WANTED\", \"Bug\", \"bug\"]")]
    [InlineData("\"label\": \"bug\"", "\"label\": [\"bug\"]")]
    [InlineData("\"milestone\": \"WOCHE größe\"", "\"milestone\": \" Woche GRÖßE \"")]
    [InlineData("\"issues\": \"1-5,9\"", "\"issues\": [9, 5, 1, 2, 3, 4]")]
    [InlineData("\"since\": \"2026-09-01\"", "\"since\": \"2026-09-01T02:00+02:00\"")]
    [InlineData("\"assignees\": {\"jane\": \"doe\", \"ann\": \"x\"}", "\"assignees\": {\"ANN\": \"X\", \"Jane\": \"Doe\"}")]
    [InlineData("\"update\": true, \"state\": \"open\"", "\"state\": null, \"update\": true")]
    public void Should_treat_equivalent_options_as_equal(string fields, string others) =>
        Read(fields).Digest().ShouldBe(Read(others).Digest());

    [Fact]
    public void Should_distinguish_requests_whose_options_differ()
    {
        string[] all =
        [
            "\"x\": 1",
            "\"recreate\": true",
            .. new[]
            {
                "copy_labels",
                "copy_milestones",
                "copy_types",
                "keep_assignees",
                "keep_mentions",
                "copy_comments",
                "update",
                "close_removed",
            }.SelectMany(flag => new[] { $"\"{flag}\": true", $"\"{flag}\": false" }),
            "\"update\": true, \"recreate\": true",
            "\"assignees\": {\"a\": \"b\"}",
            "\"assignees\": {\"b\": \"a\"}",
            "\"assignees\": {\"a\": \"b\", \"c\": \"b\"}",
            "\"state\": \"all\"",
            "\"label\": \"a\"",
            "\"label\": \"a,b\"",
            "\"label\": [\"a\", \"b\"]",
            "\"label\": \"recreate\"",
            "\"milestone\": \"a\"",
            "\"milestone\": \"a b\"",
            "\"issues\": \"1-20\"",
            "\"issues\": \"1,20\"",
            "\"since\": \"2026-01-02\"",
            "\"since\": \"2026-01-02T00:00:00.001Z\"",
        ];

        all.Select(fields => Read(fields).Digest()).Distinct().Count().ShouldBe(all.Length);
    }

    static MigrationRequest Read(string fields)
    {
        var message = BadMessages.Good.Replace("}", $", {fields}}}", StringComparison.Ordinal);
        var (request, faults) = new RequestTranslator(Options.Create(new RequestOptions())).Read(Encoding.UTF8.GetBytes(message));
        faults.ShouldBeEmpty();
        return request.ShouldNotBeNull();
    }
}
