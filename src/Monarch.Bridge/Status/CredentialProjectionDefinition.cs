using MassTransit;
using Monarch.Contracts;

namespace Monarch.Bridge.Status;

sealed class CredentialProjectionDefinition : ConsumerDefinition<CredentialProjection>
{
    public CredentialProjectionDefinition() => EndpointName = EndpointNames.CredentialProjection;
}
