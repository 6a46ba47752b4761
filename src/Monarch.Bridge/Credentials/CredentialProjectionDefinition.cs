using MassTransit;
using Monarch.Contracts;

namespace Monarch.Bridge.Credentials;

sealed class CredentialProjectionDefinition : ConsumerDefinition<CredentialProjection>
{
    public CredentialProjectionDefinition() => EndpointName = EndpointNames.CredentialProjection;
}
