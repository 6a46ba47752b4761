namespace Monarch.Cli.Commands;

/// <summary>Waits for the request to stop.</summary>
static class Stopping
{
    public static async Task WaitAsync(CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(stopped.SetResult);
        await stopped.Task;
    }
}
