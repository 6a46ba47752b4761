namespace Monarch.Workers.GitHub.Transport;

/// <summary>Measures every request sent to GitHub.</summary>
sealed class MeasuringHandler(GitHubInstruments instruments, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        HttpResponseMessage? answer = null;
        try
        {
            return answer = await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            instruments.Ended(request, answer?.StatusCode, time.GetElapsedTime(began));
        }
    }
}
