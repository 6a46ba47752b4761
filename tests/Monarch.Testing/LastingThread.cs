using System.Collections.Concurrent;

namespace Monarch.Testing;

/// <summary>
/// One thread that lives as long as this process. Linux sends a child its parent-death signal when the <i>thread</i> that started it
/// ends, and a thread of the pool may end at any time.
/// </summary>
static class LastingThread
{
    static readonly BlockingCollection<Action> Work = [];

    static LastingThread() => new Thread(Loop) { IsBackground = true, Name = "starts child processes" }.Start();

    public static Task<T> RunAsync<T>(Func<T> action)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Work.Add(() =>
        {
            try
            {
                done.SetResult(action());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return done.Task;
    }

    static void Loop()
    {
        foreach (var action in Work.GetConsumingEnumerable())
        {
            action();
        }
    }
}
