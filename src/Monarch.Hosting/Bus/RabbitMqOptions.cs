using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Monarch.Hosting.Bus;

/// <summary>The broker.</summary>
sealed class RabbitMqOptions
{
    public const string UrlKey = "RABBITMQ_URL";
    public const string VirtualHostKey = "RABBITMQ_VHOST";

    /// <summary>The broker as <c>amqp://user:password@host:port/vhost</c>, <c>amqps</c> for TLS; null means the in-memory transport.</summary>
    [ConfigurationKeyName(UrlKey)]
    public string? Url { get; set; }

    /// <summary>The virtual host, instead of the URL's; null means the URL's, which is <c>/</c> when it names none.</summary>
    [ConfigurationKeyName(VirtualHostKey)]
    public string? VirtualHost { get; set; }

    /// <summary>Seconds of a heartbeat: a connection that is silent for two of them is closed, and the bus reconnects. 0 to 600; 0 leaves it to the broker.</summary>
    [ConfigurationKeyName("RABBITMQ_HEARTBEAT"), Range(0, 600)]
    public int HeartbeatSeconds { get; set; } = 10;

    /// <summary>Seconds that the bus may be disconnected although the broker can be reached; then the process ends, to be restarted.</summary>
    [ConfigurationKeyName("RABBITMQ_GIVE_UP_AFTER"), Range(1, 86400)]
    public double GiveUpAfterSeconds { get; set; } = 90;

    /// <summary>
    /// The port of the broker's management API, over TLS where the URL is. Where it does not answer, queues are asked for over AMQP; 0 means always.
    /// </summary>
    [ConfigurationKeyName("RABBITMQ_MANAGEMENT_PORT"), Range(0, 65535)]
    public int ManagementPort { get; set; } = 15672;

    internal TimeSpan GiveUpAfter => TimeSpan.FromSeconds(GiveUpAfterSeconds);
}
