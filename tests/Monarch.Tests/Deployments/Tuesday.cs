using Monarch.Contracts.Deployments;

namespace Monarch.Tests.Deployments;

/// <summary>
/// The moves of all teams after a Tuesday's meeting: 300 moves over 12 projects and 3 statuses in 7 minutes, among them one issue that is
/// moved to Test once and to Beta four times. The same in every run.
/// </summary>
static class Tuesday
{
    public const int Minutes = 7;

    public static IReadOnlyList<string> Projects { get; } = [.. Enumerable.Range(0, 12).Select(i => $"T{(char)('A' + i)}")];

    public static IReadOnlyList<TuesdayMove> Moves { get; } = Make();

    public static TimeSpan Quiet { get; } = TimeSpan.FromSeconds(120);

    public static TimeSpan MaxWait { get; } = TimeSpan.FromSeconds(900);

    /// <summary>
    /// The minimum of deployments that quiet period and maximum wait allow for a server whose deployments never wait for a lease: each
    /// starts when its issues have settled, and includes all issues that were moved before its start. Waiting can only reduce their number.
    /// </summary>
    /// <param name="arrivals">When issues were moved to the server, in order.</param>
    /// <param name="duration">How long a deployment takes.</param>
    public static int FewestDeployments(IReadOnlyList<TimeSpan> arrivals, TimeSpan duration)
    {
        var (count, next, free) = (0, 0, TimeSpan.Zero);
        while (next < arrivals.Count)
        {
            var (first, last) = (arrivals[next], arrivals[next]);
            TimeSpan Due() => Max(Min(last + Quiet, first + MaxWait), free);
            while (next < arrivals.Count && arrivals[next] <= Due())
            {
                last = arrivals[next++];
            }

            (count, free) = (count + 1, Due() + duration);
        }

        return count;
    }

    static IReadOnlyList<TuesdayMove> Make()
    {
        var random = new Random(20260310);
        List<TuesdayMove> moves =
        [
            new(TimeSpan.FromSeconds(20), Projects[0], 42, IssueStatus.Test),
            .. new[] { 65, 140, 290, 410 }.Select(second => new TuesdayMove(
                TimeSpan.FromSeconds(second),
                Projects[0],
                42,
                IssueStatus.Beta
            )),
        ];
        while (moves.Count < 300)
        {
            moves.Add(
                new(
                    TimeSpan.FromMilliseconds(random.Next(Minutes * 60_000)),
                    Projects[random.Next(Projects.Count)],
                    random.Next(1, 60),
                    (IssueStatus)random.Next(3)
                )
            );
        }

        return [.. moves.OrderBy(move => move.At)];
    }

    static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}

/// <summary>A move, by the time since the meeting's end.</summary>
sealed record TuesdayMove(TimeSpan At, string Project, int Number, IssueStatus Status)
{
    public Guid Server => ServerId.Of(Project, Status);
}
