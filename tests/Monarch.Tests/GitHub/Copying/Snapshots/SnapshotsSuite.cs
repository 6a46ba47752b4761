using System.Globalization;
using System.Runtime.CompilerServices;
using Monarch.Contracts.GitHub;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying.Snapshots;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Copying.Snapshots;

/// <summary>The behaviour of snapshots; runs in memory and on Redis.</summary>
public abstract class SnapshotsSuite
{
    static readonly DateTimeOffset ReadAt = new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);

    static long _sources;

    /// <summary>A separate source for each test.</summary>
    protected long Source { get; } = Interlocked.Increment(ref _sources);

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected abstract ISnapshots Snapshots { get; }

    [Fact]
    public async Task Should_return_the_written_issues_in_order()
    {
        var snapshot = await WriteAsync(Issues(3), Issues(2, from: 4));
        (snapshot.IssueCount, snapshot.ReadAt).ShouldBe((5, ReadAt));
        (await ReadAsync(snapshot.Id)).ShouldBe(Issues(5));
    }

    [Fact]
    public async Task Should_keep_the_source_order_and_not_the_number_order()
    {
        SnapshotIssue[] issues = [Issue(9), Issue(2), Issue(30), Issue(1)];
        (await ReadAsync((await WriteAsync(issues)).Id)).ShouldBe(issues);
    }

    [Theory]
    [InlineData(0, 2, "1,2")]
    [InlineData(2, 2, "3,4")]
    [InlineData(4, 2, "5")]
    [InlineData(5, 2, "")]
    [InlineData(99, 2, "")]
    [InlineData(1, 1, "2")]
    [InlineData(0, 1000, "1,2,3,4,5")]
    public async Task Should_return_a_range(int from, int count, string expected)
    {
        var snapshot = await WriteAsync(Issues(5));
        var issues = await Snapshots.ReadAsync(snapshot.Id, from, count, Ct);
        string.Join(',', issues.ShouldNotBeNull().Select(issue => issue.Number)).ShouldBe(expected);
    }

    [Fact]
    public async Task Should_give_equal_content_the_same_id_regardless_of_pages_and_time()
    {
        var one = await WriteAsync(Issues(4));
        var other = await Snapshots.WriteAsync(Source, ReadAt.AddDays(1), Pages([Issues(1), [], Issues(3, from: 2)]), Ct);

        other.Id.ShouldBe(one.Id);
        other.ReadAt.ShouldBe(ReadAt.AddDays(1));
        (await ReadAsync(one.Id)).ShouldBe(Issues(4));
    }

    [Fact]
    public async Task Should_give_other_content_another_id()
    {
        SnapshotIssue[][] contents =
        [
            Issues(3),
            Issues(2),
            [Issue(2), Issue(1), Issue(3)],
            [Issue(1) with { Title = "Other" }, .. Issues(2, from: 2)],
            [Issue(1) with { Body = null }, .. Issues(2, from: 2)],
            [Issue(1) with { Body = "" }, .. Issues(2, from: 2)],
            [],
        ];
        var ids = new List<string>();
        foreach (var content in contents)
        {
            ids.Add((await WriteAsync(content)).Id);
        }

        ids.Add((await Snapshots.WriteAsync(Source - 1, ReadAt, Pages([Issues(3)]), Ct)).Id);
        ids.Distinct().Count().ShouldBe(8);
        (await ReadAsync(ids[0])).ShouldBe(Issues(3));
    }

    [Fact]
    public async Task Should_return_null_for_an_unknown_snapshot() =>
        (await Snapshots.ReadAsync($"{Source}-gone", 0, 10, Ct)).ShouldBeNull();

    [Fact]
    public async Task Should_distinguish_an_empty_source_from_a_missing_one()
    {
        var snapshot = await WriteAsync();
        snapshot.IssueCount.ShouldBe(0);
        (await ReadAsync(snapshot.Id)).ShouldNotBeNull().ShouldBeEmpty();
        (await WriteAsync([], [])).Id.ShouldBe(snapshot.Id);
    }

    [Fact]
    public async Task Should_be_complete_or_missing()
    {
        var id = (await new InMemorySnapshots().WriteAsync(Source, ReadAt, Pages([Issues(3)]), Ct)).Id;
        await Should.ThrowAsync<TimeoutException>(() => Snapshots.WriteAsync(Source, ReadAt, ThenBreak(Issues(3), id), Ct));
        (await ReadAsync(id)).ShouldBeNull();
        (await WriteAsync(Issues(3))).Id.ShouldBe(id);
        (await ReadAsync(id)).ShouldBe(Issues(3));
    }

    [Fact]
    public async Task Should_keep_a_complete_snapshot_when_a_second_write_is_interrupted()
    {
        var id = (await WriteAsync(Issues(3))).Id;
        await Should.ThrowAsync<TimeoutException>(() => Snapshots.WriteAsync(Source, ReadAt, ThenBreak(Issues(3), null), Ct));
        (await ReadAsync(id)).ShouldBe(Issues(3));
    }

    [Fact]
    public async Task Should_preserve_any_title_and_body()
    {
        SnapshotIssue[] issues =
        [
            Issue(1) with
            {
                Body = null,
            },
            Issue(2) with
            {
                Body = "",
            },
            Issue(3) with
            {
                Title = "🚀 ship it \u202e\"\\",
                Body = "👩‍👩‍👧‍👦 a\r\nb\n\tc \u0000 <b>&amp;</b> 𝔘𝔫𝔦",
            },
            Issue(4) with
            {
                Body = new string('x', 65_536),
            },
            Issue(5) with
            {
                Body = string.Concat(Enumerable.Repeat("🐘", 65_536)),
            },
            Issue(6) with
            {
                Body = string.Concat(Enumerable.Repeat("\n", 65_536)),
            },
        ];
        (await ReadAsync((await WriteAsync(issues)).Id)).ShouldBe(issues);
    }

    [Fact]
    public async Task Should_store_10000_issues()
    {
        var pages = Enumerable.Range(0, 100).Select(page => Issues(100, from: (page * 100) + 1)).ToArray();
        var snapshot = await WriteAsync(pages);
        snapshot.IssueCount.ShouldBe(10_000);

        var numbers = new List<int>();
        while (await Snapshots.ReadAsync(snapshot.Id, numbers.Count, 300, Ct) is { Count: > 0 } some)
        {
            numbers.AddRange(some.Select(issue => issue.Number));
        }

        numbers.ShouldBe(Enumerable.Range(1, 10_000));
    }

    [Fact]
    public async Task Should_handle_two_writers_of_the_same_content()
    {
        var written = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => WriteAsync(Issues(50), Issues(50, from: 51)))));
        (await ReadAsync(written.Select(snapshot => snapshot.Id).Distinct().ShouldHaveSingleItem())).ShouldBe(Issues(100));
    }

    [Fact]
    public async Task Should_keep_the_newest_listing_of_a_source_while_its_snapshot_is_complete()
    {
        (await Snapshots.FindListingAsync(new(Source, ""), Ct)).ShouldBeNull();
        await Snapshots.SetListingAsync(new(Source, ""), new($"{Source}-gone", 1, []), Ct);
        (await Snapshots.FindListingAsync(new(Source, ""), Ct)).ShouldBeNull("its snapshot is missing");

        var snapshot = await WriteAsync(Issues(3));
        PageTag[] pages =
        [
            new(new("https://api.github.com/repositories/1/issues?page=1"), "W/\"one\"", false),
            new(new("https://api.github.com/repositories/1/issues?page=2"), null, true),
        ];
        UnconfirmedListing doubt = new()
        {
            Listing = "one",
            Counted = 5,
            Since = ReadAt,
            Times = 2,
        };
        await Snapshots.SetListingAsync(new(Source, ""), new(snapshot.Id, 3, pages, Open: 4, doubt), Ct);

        var listing = (await Snapshots.FindListingAsync(new(Source, ""), Ct)).ShouldNotBeNull();
        (listing.SnapshotId, listing.IssueCount, listing.Open, listing.Doubt).ShouldBe((snapshot.Id, 3, 4, doubt));
        listing.Pages.ShouldBe(pages);
        (await Snapshots.FindListingAsync(new(Source - 1, ""), Ct)).ShouldBeNull();
    }

    private protected Task<Snapshot> WriteAsync(params SnapshotIssue[][] pages) => Snapshots.WriteAsync(Source, ReadAt, Pages(pages), Ct);

    private protected Task<IReadOnlyList<SnapshotIssue>?> ReadAsync(string id) => Snapshots.ReadAsync(id, 0, 10_000, Ct);

    private protected static SnapshotIssue[] Issues(int count, int from = 1) => [.. Enumerable.Range(from, count).Select(Issue)];

    static SnapshotIssue Issue(int number) =>
        new(
            number,
            string.Create(CultureInfo.InvariantCulture, $"Issue {number}"),
            $"Body {number}",
            $"https://github.com/a/b/issues/{number}"
        );

    static async IAsyncEnumerable<SnapshotPage> Pages(IEnumerable<SnapshotIssue[]> pages)
    {
        foreach (var page in pages)
        {
            await Task.Yield();
            yield return new(page);
        }
    }

    // The connection to GitHub fails after the last page; the snapshot must not exist.
    async IAsyncEnumerable<SnapshotPage> ThenBreak(
        SnapshotIssue[] issues,
        string? absent,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        yield return new(issues);
        if (absent is not null)
        {
            (await Snapshots.ReadAsync(absent, 0, 10, cancellationToken)).ShouldBeNull();
        }

        throw new TimeoutException();
    }
}
