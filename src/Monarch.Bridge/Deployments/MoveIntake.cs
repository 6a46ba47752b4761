using Microsoft.Extensions.DependencyInjection;
using Monarch.Bridge.Intake;

namespace Monarch.Bridge.Deployments;

/// <summary>Accepts moves: saves each before anything else.</summary>
sealed class MoveIntake([FromKeyedServices(MoveEntries.Stream)] IIntakeStream stream)
{
    static readonly TimeSpan SameDelivery = TimeSpan.FromHours(24);

    public Task AddAsync(Move move, string origin, CancellationToken cancellationToken) =>
        stream.AddAsync(MoveEntries.Fields(move, origin), cancellationToken);

    /// <summary>Adds a move unless the same delivery brought it within a day: trackers repeat a delivery whose response was lost.</summary>
    /// <returns>Whether it was added.</returns>
    public async Task<bool> AddOnceAsync(Move move, string origin, string deliveryId, CancellationToken cancellationToken)
    {
        var value = Guid.NewGuid().ToString("N");
        var first = await stream.AddOnceAsync(
            MoveEntries.Fields(move, origin),
            $"{origin}:{deliveryId}",
            value,
            SameDelivery,
            cancellationToken
        );
        return first == value;
    }
}
