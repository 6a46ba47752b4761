using System.Net.Http.Headers;
using Monarch.Workers.GitHub.Accounts;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying;
using Monarch.Workers.GitHub.Copying.Fields;
using Monarch.Workers.GitHub.Copying.Snapshots;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Copying;

public sealed class Naming_what_a_target_lacks
{
    static readonly CopyRules All = new(true, true, true, true, null, false, false);

    static readonly SnapshotFields Wanted = new()
    {
        Labels = [new("bug"), new("docs")],
        Milestones = [new("M1")],
        Assignees = ["ada"],
    };

    [Fact]
    public void Should_name_what_GitHub_drops_without_push_access()
    {
        var note = Notes(push: false, All).ShouldHaveSingleItem();

        (note.Number, note.Field).ShouldBe((0, "labels, milestones, assignees"));
        note.Message.ShouldStartWith(
            "The account bot may not push, and without that GitHub drops labels bug, docs; milestones M1; assignees ada."
        );
        note.Message.ShouldEndWith("Give the account the role Write in the repository.");
    }

    [Fact]
    public void Should_name_only_what_would_be_copied() =>
        Notes(push: false, All with { Labels = false, KeepAssignees = false }).ShouldHaveSingleItem().Field.ShouldBe("milestones");

    [Fact]
    public void Should_name_nothing_when_nothing_would_be_dropped() =>
        Notes(push: false, All with { Labels = false, Milestones = false, KeepAssignees = false }).ShouldBeEmpty();

    // An App's permissions on the code do not show what it may do with issues.
    [Theory]
    [InlineData(true, false)]
    [InlineData(null, false)]
    [InlineData(false, true)]
    public void Should_name_nothing_unless_GitHub_denies_push_access_to_a_user(bool? push, bool isInstallation) =>
        Notes(push, All, isInstallation).ShouldBeEmpty();

    [Fact]
    public void Should_name_what_GitHub_refused_to_create()
    {
        var refused = new Dictionary<string, string>
        {
            ["one"] = "name is too long",
            ["two"] = "name is too long",
            ["three"] = "already exists",
        };
        var note = TargetNotes
            .Of(Target(true), Account(false), Wanted, All, refused, new Dictionary<string, string>())
            .ShouldHaveSingleItem();

        (note.Number, note.Field).ShouldBe((0, "labels"));
        note.Message.ShouldBe(
            "one, two: GitHub refused to create them: name is too long three: GitHub refused to create them: already exists"
        );
    }

    static IReadOnlyList<Monarch.Contracts.Migrations.IssueNote> Notes(bool? push, CopyRules rules, bool isInstallation = false) =>
        TargetNotes.Of(
            Target(push),
            Account(isInstallation),
            Wanted,
            rules,
            new Dictionary<string, string>(),
            new Dictionary<string, string>()
        );

    static GitHubAccount Account(bool isInstallation) => new("key", "bot", new AnyCredential(isInstallation));

    static Repository Target(bool? push) =>
        new()
        {
            Id = 1,
            FullName = "teams/one",
            HasIssues = true,
            Permissions = push is null ? null : new() { Push = push },
        };

    sealed class AnyCredential(bool isInstallation) : Credential("name", "a credential", "replace it")
    {
        public override bool IsInstallation => isInstallation;

        public override ValueTask<AuthenticationHeaderValue?> GetHeaderAsync(CancellationToken cancellationToken) =>
            new((AuthenticationHeaderValue?)null);
    }
}
