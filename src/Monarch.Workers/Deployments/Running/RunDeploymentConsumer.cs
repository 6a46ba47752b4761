using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Contracts.Deployments;
using Monarch.Contracts;
namespace Monarch.Workers.Deployments.Running;
sealed class RunDeploymentConsumer : IConsumer<RunDeployment> { public Task Consume(ConsumeContext<RunDeployment> context) => Task.CompletedTask; }
sealed class RunDeploymentConsumerDefinition : ConsumerDefinition<RunDeploymentConsumer> { public RunDeploymentConsumerDefinition() => EndpointName = EndpointNames.RunDeployment; }
static class RunningRegistration { public static void AddDeploymentRunner(this IServiceCollection services) => services.AddSingleton<DeploymentCommand>(); }
