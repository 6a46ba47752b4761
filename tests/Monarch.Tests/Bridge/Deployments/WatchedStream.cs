using Monarch.Bridge.Intake;

namespace Monarch.Tests.Bridge.Deployments;

/// <summary>Runs a callback before all entries are read, and before some are removed.</summary>
sealed class WatchedStream(IIntakeStream inner) : IIntakeStream
{
    public Func<Task> BeforeReading { get; set; } = () => Task.CompletedTask;

    public Func<Task> BeforeRemoving { get; set; } = () => Task.CompletedTask;

    public Task AddAsync(IReadOnlyDictionary<string, string> fields, CancellationToken cancellationToken) =>
        inner.AddAsync(fields, cancellationToken);

    public Task<string> AddOnceAsync(
        IReadOnlyDictionary<string, string> fields,
        string onceKey,
        string value,
        TimeSpan window,
        CancellationToken cancellationToken
    ) => inner.AddOnceAsync(fields, onceKey, value, window, cancellationToken);

    public Task<IReadOnlyList<IntakeEntry>> ReadNewAsync(CancellationToken cancellationToken) => inner.ReadNewAsync(cancellationToken);

    public Task<IReadOnlyList<IntakeEntry>> ReadAgainAsync(TimeSpan idle, CancellationToken cancellationToken) =>
        inner.ReadAgainAsync(idle, cancellationToken);

    public async Task<IReadOnlyList<IntakeEntry>> ReadAllAsync(CancellationToken cancellationToken)
    {
        await BeforeReading();
        return await inner.ReadAllAsync(cancellationToken);
    }

    public Task<long> CountAsync(CancellationToken cancellationToken) => inner.CountAsync(cancellationToken);

    public Task RemoveAsync(string id, CancellationToken cancellationToken) => RemoveAsync([id], cancellationToken);

    public async Task RemoveAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        await BeforeRemoving();
        await inner.RemoveAsync(ids, cancellationToken);
    }
}
