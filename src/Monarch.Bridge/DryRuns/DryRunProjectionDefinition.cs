using MassTransit;
using Monarch.Contracts;

namespace Monarch.Bridge.DryRuns;

sealed class DryRunProjectionDefinition : ConsumerDefinition<DryRunProjection>
{
    public DryRunProjectionDefinition() => EndpointName = EndpointNames.DryRunProjection;
}
