using Monarch.Bridge.Intake;
using Monarch.Contracts.Migrations;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Cli;

public sealed class Showing_what_is_copied
{
    [Fact]
    public void Should_name_every_option_in_the_words_of_the_message()
    {
        var copy = new CopyOptions
        {
            Labels = false,
            Milestones = true,
            Types = false,
            KeepAssignees = true,
            AssigneeMap = new Dictionary<string, string> { ["jane"] = "doe", ["ann"] = "x" },
            KeepMentions = false,
            Comments = true,
            Update = true,
            CloseRemoved = false,
            Issues = new()
            {
                IncludeClosed = true,
                Labels = ["bug", "help wanted"],
                Milestone = "Week 1",
                Numbers = [new(1, 20), new(25, 25)],
                Since = new DateTimeOffset(2026, 9, 1, 10, 30, 0, TimeSpan.FromHours(2)),
            },
        };

        copy.InWords()
            .ShouldBe(
                "copy_labels false, copy_milestones true, copy_types false, keep_assignees true, assignees 2 logins, keep_mentions false, "
                    + "copy_comments true, update true, close_removed false, state all, label 'bug' and 'help wanted', milestone 'Week 1', issues 1-20,25, since 2026-09-01T08:30:00Z"
            );
    }

    [Fact]
    public void Should_name_only_what_the_request_says()
    {
        new CopyOptions { Update = true }
            .InWords()
            .ShouldBe("update true");
        new CopyOptions { Issues = new() { Numbers = [new(7, 7)] } }
            .InWords()
            .ShouldBe("issues 7");
    }

    [Fact]
    public void Should_show_control_characters_as_text() =>
        new CopyOptions
        {
            Issues = new() { Labels = ["a\u001b[2J"], Milestone = "b\n\u202ec" },
        }
            .InWords()
            .ShouldBe(@"label 'a\u001b[2J', milestone 'b\n\u202ec'");
}
