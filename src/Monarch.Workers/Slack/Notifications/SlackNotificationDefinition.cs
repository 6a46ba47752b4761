using MassTransit;
using Monarch.Contracts;
using Monarch.Workers.Migrations.Backoff;

namespace Monarch.Workers.Slack.Notifications;

sealed class SlackNotificationDefinition : SagaDefinition<SlackNotificationState>
{
    public SlackNotificationDefinition() => EndpointName = EndpointNames.SlackNotification;

    protected override void ConfigureSaga(
        IReceiveEndpointConfigurator endpointConfigurator,
        ISagaConfigurator<SlackNotificationState> sagaConfigurator,
        IRegistrationContext context
    ) => endpointConfigurator.UseSagaPolicies(context);
}
