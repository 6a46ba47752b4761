using Monarch.Sandbox.Model;
using Monarch.Workers.GitHub.Markdown;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Journeys;

public sealed class Copying_text_faithfully : JourneyTest
{
    [Fact]
    public async Task Should_keep_titles_and_bodies_and_make_mentions_harmless()
    {
        var longest = string.Concat(Enumerable.Repeat("🐘", 65_536));
        var title = string.Concat(Enumerable.Repeat("🚀", 256));
        SeedIssue[] issues =
        [
            new() { Title = "no body", Body = null },
            new() { Title = title, Body = "# Ünïcode 👩‍👩‍👧‍👦\r\n\r\n- [ ] a <b>&amp;</b> \\ \"q\"" },
            new() { Title = "mentions", Body = "Ask @octocat or @school/mentors, not `@code` and not a@b.example." },
            new() { Title = "as long as can be", Body = longest },
            new()
            {
                Title = "no author",
                Body = "x",
                User = null,
            },
        ];
        Sandbox.Seed(
            new()
            {
                FullName = Source,
                Id = 77,
                Issues = issues,
            }
        );
        Sandbox.Seed(new() { FullName = "teams/n1" });
        await StartAsync();
        await MigrateAsync(Teams(1));

        ShouldBeFilled("teams/n1");
        var bodies = Sandbox.Repository("teams/n1").Issues!.Select(issue => issue.Body!).ToList();
        bodies[0].ShouldBe($"{TextDigest.Line("no body", "", TextDigest.FieldsOf([], null))}\n{new Marker(77, Source, 1).Render()}");
        bodies[1].ShouldStartWith(issues[1].Body!);
        bodies[2].ShouldNotContain("@octocat");
        bodies[2].ShouldNotContain("@school/mentors");
        bodies[2].ShouldContain("`@code`");
        bodies[2].ShouldContain("a@b.example");
        CodePoints.Count(bodies[3]).ShouldBeLessThanOrEqualTo(65_536);
        bodies[3].ShouldStartWith(longest[..100_000]);
        var rest = Sandbox.Repository("teams/n1").Issues![3].Comments.Select(comment => comment.Body);
        rest.Prepend(bodies[3]).Sum(part => part.EnumerateRunes().Count(rune => rune.Value == 0x1f418)).ShouldBe(longest.Length / 2);
        bodies
            .Select((body, index) => (Body: body, Number: index + 1))
            .ShouldAllBe(x => x.Body.EndsWith(new Marker(77, Source, x.Number).Render()));
    }
}
