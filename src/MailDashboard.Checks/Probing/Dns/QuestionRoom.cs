using System.Diagnostics.CodeAnalysis;

namespace MailDashboard.Checks.Probing.Dns;

/// <summary>
/// How many questions are under way at once. A question that has waited a while for its answer moves from the quick seats to
/// the patient ones: dead domains, which keep their questions for seconds, then cannot hold up everybody else's.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A semaphore without a wait handle holds nothing.")]
internal sealed class QuestionRoom(int quick, int patient, TimeProvider time)
{
    /// <summary>Nearly every answer that comes at all has come by then.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim _quick = new(quick);
    private readonly SemaphoreSlim _patient = new(patient);

    /// <summary>Waits for a seat; disposing it leaves the room.</summary>
    public async ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await _quick.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Seat(this, time);
    }

    private sealed class Seat : IDisposable
    {
        private readonly QuestionRoom _room;
        private readonly Lock _lock = new();
        private readonly ITimer _timer;
        private SemaphoreSlim? _held;

        public Seat(QuestionRoom room, TimeProvider time)
        {
            _room = room;
            _held = room._quick;
            _timer = time.CreateTimer(static seat => ((Seat)seat!).MoveOver(), this, Patience, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            _timer.Dispose();
            lock (_lock)
            {
                _held?.Release();
                _held = null;
            }
        }

        private void MoveOver()
        {
            lock (_lock)
            {
                // Without a patient seat it stays where it is: both together are the limit of the process.
                if (_held is not null && _room._patient.Wait(0))
                {
                    _held.Release();
                    _held = _room._patient;
                }
            }
        }
    }
}
