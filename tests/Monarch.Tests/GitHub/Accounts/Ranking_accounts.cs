using Monarch.Workers.GitHub.Accounts;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Accounts;

public sealed class Ranking_accounts
{
    static readonly string[] Repositories = [.. Enumerable.Range(0, 3_000).Select(n => $"{700_000_000 + n}")];

    static readonly GitHubAccount[] Accounts = [.. Enumerable.Range(1, 4).Select(n => new GitHubAccount($"user:{n}", null))];

    [Fact]
    public void Should_not_depend_on_the_order_of_the_settings() =>
        Owners(Accounts[..3]).ShouldBe(Owners([Accounts[2], Accounts[0], Accounts[1]]));

    [Fact]
    public void Should_share_the_repositories_evenly() =>
        Owners(Accounts[..3]).CountBy(key => key).ShouldAllBe(share => share.Value > 900 && share.Value < 1_100);

    [Fact]
    public void Should_move_repositories_only_to_an_added_account()
    {
        var moved = Owners(Accounts[..3]).Zip(Owners(Accounts)).Where(owners => owners.First != owners.Second).ToList();

        moved.ShouldAllBe(owners => owners.Second == "user:4");
        moved.Count.ShouldBeInRange(650, 850);
    }

    static List<string> Owners(GitHubAccount[] accounts) =>
        [.. Repositories.Select(repository => Rendezvous.Rank(accounts, repository)[0].Key)];
}
