using Monarch.Benchmarks.Contenders;

namespace Monarch.Benchmarks.Measuring;

/// <summary>One run of one contender, measured by the sandbox's record, which is the same for all of them.</summary>
/// <param name="Began">When it was asked to (UTC).</param>
/// <param name="Created">When each issue was created (UTC), oldest first.</param>
/// <param name="ProcessorTime">What each process used meanwhile.</param>
sealed record Trial(
    DateTimeOffset Began,
    IReadOnlyList<DateTimeOffset> Created,
    IReadOnlyList<(string Process, TimeSpan Used)> ProcessorTime
)
{
    public int Issues => Created.Count;

    /// <summary>From the request to the first creation.</summary>
    public TimeSpan ToFirst => Created[0] - Began;

    /// <summary>From the request to the last creation.</summary>
    public TimeSpan ToLast => Created[^1] - Began;

    /// <summary>From the first creation to the last.</summary>
    public TimeSpan Length => Created[^1] - Created[0];

    /// <summary>Issues a second from the first creation to the last.</summary>
    public double Rate => Issues / Length.TotalSeconds;

    /// <summary>Lets a contender copy the source into fresh targets.</summary>
    /// <exception cref="InvalidOperationException">Not every issue was copied exactly once.</exception>
    public static async Task<Trial> RunAsync(
        Contender contender,
        SandboxProcess sandbox,
        string source,
        int targets,
        CancellationToken cancellationToken
    )
    {
        var names = await sandbox.AddTargetsAsync(targets, cancellationToken);
        IReadOnlyList<MeasuredProcess> processes = [.. contender.Processes, sandbox.Measured];
        var before = processes.Select(process => process.ProcessorTime).ToList();
        var began = await contender.CopyAsync(source, names, cancellationToken);
        var used = processes.Zip(before, (process, start) => (process.Name, process.ProcessorTime - start)).ToList();

        var expected = (await sandbox.ReadAsync(source, cancellationToken)).Count;
        var created = new List<DateTimeOffset>();
        foreach (var name in names)
        {
            var target = await sandbox.ReadAsync(name, cancellationToken);
            if (target.Count != expected)
            {
                throw new InvalidOperationException($"{contender.Name}: {target.Count} issues in {name} instead of {expected}.");
            }

            created.AddRange(target.Issues!.Select(issue => issue.CreatedAt));
        }

        return new(began, [.. created.Order()], used);
    }
}
