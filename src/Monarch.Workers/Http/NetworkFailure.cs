using Monarch.Contracts;

namespace Monarch.Workers.Http;

/// <summary>Translates exceptions of <see cref="HttpClient"/>: no complete answer was received. Always transient.</summary>
static class NetworkFailure
{
    public static Failure Describe(string service, Uri address, HttpRequestException exception) =>
        new()
        {
            Kind = FailureKind.Transient,
            Message = exception.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => $"{service} could not be reached: the name {address.Host} could not be resolved.",
                HttpRequestError.ConnectionError => $"{service} could not be reached: no connection to {address.Authority}.",
                HttpRequestError.SecureConnectionError => $"{service} could not be reached: no secure connection to {address.Authority}.",
                HttpRequestError.ProxyTunnelError =>
                    $"{service} could not be reached: the proxy refused to connect to {address.Authority}.",
                HttpRequestError.ConfigurationLimitExceeded => $"{service}'s answer was longer than Monarch accepts.",
                _ => $"The connection to {service} was lost before its answer was complete.",
            },
        };

    public static Failure TimedOut(string service, TimeSpan timeout) =>
        new()
        {
            Kind = FailureKind.Transient,
            Message = string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{service} did not answer within {timeout.TotalSeconds} s."
            ),
        };

    /// <summary>
    /// Whether the request failed before it was sent. False when this is uncertain: the request may have been carried out.
    /// </summary>
    public static bool IsBeforeSending(HttpRequestException exception) =>
        exception.HttpRequestError
            is HttpRequestError.NameResolutionError
                or HttpRequestError.ConnectionError
                or HttpRequestError.SecureConnectionError
                or HttpRequestError.ProxyTunnelError;
}
