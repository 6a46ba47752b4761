using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Monarch.Hosting.Bus;

/// <summary>The settings of the broker.</summary>
sealed class RabbitMqOptions
{
    public const string UrlKey = "RABBITMQ_URL";
    public const string VirtualHostKey = "RABBITMQ_VHOST";

    /// <summary>
    /// The broker as <c>amqp://user:password@host:port/vhost</c>, <c>amqps</c> for TLS; null means the in-memory transport.
    /// </summary>
    [ConfigurationKeyName(UrlKey)]
    public string? Url { get; set; }

    /// <summary>The virtual host, which overrides the URL's; null means the URL's, which is <c>/</c> by default.</summary>
    [ConfigurationKeyName(VirtualHostKey)]
    public string? VirtualHost { get; set; }

    /// <summary>
    /// The heartbeat interval in seconds, 0 to 600: a connection that is silent for two intervals is closed, and the bus reconnects. 0
    /// means the broker's interval.
    /// </summary>
    [ConfigurationKeyName("RABBITMQ_HEARTBEAT"), Range(0, 600)]
    public int HeartbeatSeconds { get; set; } = 10;

    /// <summary>
    /// Seconds that the bus may be disconnected although the broker is reachable; then the process exits, to be restarted.
    /// </summary>
    [ConfigurationKeyName("RABBITMQ_GIVE_UP_AFTER"), Range(1, 86400)]
    public double GiveUpAfterSeconds { get; set; } = 90;

    /// <summary>
    /// The port of the broker's management API, with TLS if the URL has it. If the API does not respond, queues are read over AMQP; 0 means
    /// always over AMQP.
    /// </summary>
    [ConfigurationKeyName("RABBITMQ_MANAGEMENT_PORT"), Range(0, 65535)]
    public int ManagementPort { get; set; } = 15672;

    internal TimeSpan GiveUpAfter => TimeSpan.FromSeconds(GiveUpAfterSeconds);
}
